package io.profileworkflows.pauses.web;

import io.profileworkflows.http.Documents;
import io.profileworkflows.http.Holds;
import io.profileworkflows.http.IfMatch;
import io.profileworkflows.http.PathParts;
import io.profileworkflows.http.ReasonBody;
import io.profileworkflows.http.RequestDocument;
import io.profileworkflows.pauses.Pauses;
import io.profileworkflows.security.Caller;
import io.profileworkflows.security.Requires;
import io.profileworkflows.security.Role;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Operators pause and resume, each time with a reason. Everybody whose workflows wait for
 * it may know.
 */
@RestController
@RequestMapping(produces = { MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_YAML_VALUE })
class PauseController {

	private final Pauses pauses;

	private final Documents documents;

	PauseController(Pauses pauses, Documents documents) {
		this.pauses = pauses;
		this.documents = documents;
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

	@Requires(Role.OPERATOR)
	@PostMapping(name = "PauseDomain", path = "/domains/{domainName}/pause")
	PauseView pause(@PathVariable String domainName, @Holds(ReasonBody.class) RequestDocument document,
			HttpServletRequest http) {
		IfMatch.requireNone(http);
		pauses.pause(PathParts.domainName(domainName), Caller.current().name(), reasonIn(document));
		return new PauseView(true);
	}

	@Requires(Role.OPERATOR)
	@PostMapping(name = "ResumeDomain", path = "/domains/{domainName}/resume")
	PauseView resume(@PathVariable String domainName, @Holds(ReasonBody.class) RequestDocument document,
			HttpServletRequest http) {
		IfMatch.requireNone(http);
		pauses.resume(PathParts.domainName(domainName), Caller.current().name(), reasonIn(document));
		return new PauseView(false);
	}

	@Requires(Role.OPERATOR)
	@PostMapping(name = "PauseAllDomains", path = "/pause")
	PauseView pauseAll(@Holds(ReasonBody.class) RequestDocument document, HttpServletRequest http) {
		IfMatch.requireNone(http);
		pauses.pause(Pauses.EVERYWHERE, Caller.current().name(), reasonIn(document));
		return new PauseView(true);
	}

	@Requires(Role.OPERATOR)
	@PostMapping(name = "ResumeAllDomains", path = "/resume")
	PauseView resumeAll(@Holds(ReasonBody.class) RequestDocument document, HttpServletRequest http) {
		IfMatch.requireNone(http);
		pauses.resume(Pauses.EVERYWHERE, Caller.current().name(), reasonIn(document));
		return new PauseView(false);
	}

	private String reasonIn(RequestDocument document) {
		return documents.read(document, ReasonBody.class).require().reason();
	}

}
