package io.profileworkflows.ui;

import io.profileworkflows.http.PathParts;
import io.profileworkflows.pauses.Pauses;
import io.profileworkflows.security.Caller;
import io.profileworkflows.security.Requires;
import io.profileworkflows.security.Role;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * What is paused, and operators who pause and resume.
 */
@Controller
@RequestMapping("/ui")
class PausedController {

	private static final String BACK = "redirect:/ui/paused";

	private final Pauses pauses;

	private final Forms forms;

	PausedController(Pauses pauses, Forms forms) {
		this.pauses = pauses;
		this.forms = forms;
	}

	@Requires(value = Role.READER, inAnyDomain = true)
	@GetMapping(name = "Page.Paused", path = "/paused")
	String show(Model model) {
		var readable = Caller.current().domains(Role.READER);
		model.addAttribute("pauses", pauses.all().stream().filter(pause -> pause.concerns(readable)).toList());
		return "ui/paused";
	}

	/** Leads from a name that somebody filled in to the question about that domain. */
	@Requires(value = Role.OPERATOR, inAnyDomain = true)
	@GetMapping(name = "Page.ChooseDomainToPause", path = "/pause-domain")
	String choose(@RequestParam(name = "domain", defaultValue = "") String domainName) {
		return "redirect:/ui/domains/%s/pause".formatted(PathParts.domainName(domainName.strip()));
	}

	@Requires(Role.OPERATOR)
	@GetMapping(name = "Page.AskToPauseDomain", path = "/domains/{domainName}/pause")
	String askToPause(@PathVariable String domainName, Model model) {
		return ask("pause", domainName, "/ui/domains/%s/pause".formatted(domainName), model);
	}

	@Requires(Role.OPERATOR)
	@GetMapping(name = "Page.AskToResumeDomain", path = "/domains/{domainName}/resume")
	String askToResume(@PathVariable String domainName, Model model) {
		return ask("resume", domainName, "/ui/domains/%s/resume".formatted(domainName), model);
	}

	@Requires(Role.OPERATOR)
	@GetMapping(name = "Page.AskToPauseAll", path = "/pause")
	String askToPauseAll(Model model) {
		return ask("pause", "", "/ui/pause", model);
	}

	@Requires(Role.OPERATOR)
	@GetMapping(name = "Page.AskToResumeAll", path = "/resume")
	String askToResumeAll(Model model) {
		return ask("resume", "", "/ui/resume", model);
	}

	private static String ask(String what, String domainName, String action, Model model) {
		model.addAttribute("what", what);
		model.addAttribute("domain", domainName);
		model.addAttribute("action", action);
		return "ui/pause";
	}

	@Requires(Role.OPERATOR)
	@PostMapping(name = "Page.PauseDomain", path = "/domains/{domainName}/pause")
	String pause(@PathVariable String domainName, @RequestParam(name = "reason", defaultValue = "") String reason) {
		return carryOut(reason, PathParts.domainName(domainName), pauses::pause);
	}

	@Requires(Role.OPERATOR)
	@PostMapping(name = "Page.ResumeDomain", path = "/domains/{domainName}/resume")
	String resume(@PathVariable String domainName, @RequestParam(name = "reason", defaultValue = "") String reason) {
		return carryOut(reason, PathParts.domainName(domainName), pauses::resume);
	}

	@Requires(Role.OPERATOR)
	@PostMapping(name = "Page.PauseAllDomains", path = "/pause")
	String pauseAll(@RequestParam(name = "reason", defaultValue = "") String reason) {
		return carryOut(reason, Pauses.EVERYWHERE, pauses::pause);
	}

	@Requires(Role.OPERATOR)
	@PostMapping(name = "Page.ResumeAllDomains", path = "/resume")
	String resumeAll(@RequestParam(name = "reason", defaultValue = "") String reason) {
		return carryOut(reason, Pauses.EVERYWHERE, pauses::resume);
	}

	private String carryOut(String reason, String domainName, Order order) {
		order.give(domainName, Caller.current().name(), forms.reason(reason));
		return BACK;
	}

	private interface Order {

		void give(String domainName, String actor, String reason);

	}

}
