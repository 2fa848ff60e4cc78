package io.profileworkflows.submission.web;

import io.profileworkflows.security.Caller;
import io.profileworkflows.security.Requires;
import io.profileworkflows.security.Role;
import io.profileworkflows.workflow.Pauses;
import io.profileworkflows.workflow.web.PathParts;

import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Tells what is paused, since when, by whom and why: everybody whose workflows wait for
 * it may know.
 */
@RestController
@RequestMapping(produces = { MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_YAML_VALUE })
class PauseController {

	private final Pauses pauses;

	PauseController(Pauses pauses) {
		this.pauses = pauses;
	}

	@Requires(Role.READER)
	@GetMapping(name = "GetPause", path = "/domains/{domainName}/pause")
	PausesView inDomain(@PathVariable String domainName) {
		return PausesView.of(pauses.now().of(PathParts.domainName(domainName)));
	}

	@Requires(value = Role.READER, inAnyDomain = true)
	@GetMapping(name = "ListPauses", path = "/paused")
	PausesView list() {
		var readable = Caller.current().domains(Role.READER);
		return PausesView.of(pauses.all().stream().filter(pause -> pause.concerns(readable)).toList());
	}

}
