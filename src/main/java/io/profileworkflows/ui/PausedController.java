package io.profileworkflows.ui;

import java.util.function.Consumer;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

import io.profileworkflows.security.Caller;
import io.profileworkflows.security.Requires;
import io.profileworkflows.security.Role;
import io.profileworkflows.submission.Operators;
import io.profileworkflows.submission.Operators.Decision;
import io.profileworkflows.workflow.Pauses;
import io.profileworkflows.workflow.web.PathParts;

/**
 * What is paused, and operators who pause and resume.
 */
@Controller
@RequestMapping("/ui")
class PausedController {

	private static final String BACK = "redirect:/ui/paused";

	private final Pauses pauses;

	private final Operators operators;

	private final Forms forms;

	PausedController(Pauses pauses, Operators operators, Forms forms) {
		this.pauses = pauses;
		this.operators = operators;
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
		return carryOut(reason, decision -> operators.pause(PathParts.domainName(domainName), decision));
	}

	@Requires(Role.OPERATOR)
	@PostMapping(name = "Page.ResumeDomain", path = "/domains/{domainName}/resume")
	String resume(@PathVariable String domainName, @RequestParam(name = "reason", defaultValue = "") String reason) {
		return carryOut(reason, decision -> operators.resume(PathParts.domainName(domainName), decision));
	}

	@Requires(Role.OPERATOR)
	@PostMapping(name = "Page.PauseAllDomains", path = "/pause")
	String pauseAll(@RequestParam(name = "reason", defaultValue = "") String reason) {
		return carryOut(reason, operators::pauseAll);
	}

	@Requires(Role.OPERATOR)
	@PostMapping(name = "Page.ResumeAllDomains", path = "/resume")
	String resumeAll(@RequestParam(name = "reason", defaultValue = "") String reason) {
		return carryOut(reason, operators::resumeAll);
	}

	private String carryOut(String reason, Consumer<Decision> action) {
		action.accept(new Decision(Caller.current().name(), forms.reason(reason)));
		return BACK;
	}

}
