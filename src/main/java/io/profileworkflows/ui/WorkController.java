package io.profileworkflows.ui;

import io.profileworkflows.outbox.Outbox;
import io.profileworkflows.outbox.Redrive;
import io.profileworkflows.outbox.RedriveRefused;
import io.profileworkflows.outbox.Redrives;
import io.profileworkflows.security.Caller;
import io.profileworkflows.security.Requires;
import io.profileworkflows.security.Role;
import io.profileworkflows.workflow.ActionImpossible;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * The work that waits, and what is parked, for operators of all domains.
 */
@Controller
@RequestMapping("/ui/outbox")
class WorkController {

	private static final int MOST = 100;

	private final Outbox outbox;

	private final Redrives redrives;

	private final Forms forms;

	WorkController(Outbox outbox, Redrives redrives, Forms forms) {
		this.outbox = outbox;
		this.redrives = redrives;
		this.forms = forms;
	}

	@Requires(Role.OPERATOR)
	@GetMapping(name = "Page.Outbox")
	String show(Model model) {
		model.addAttribute("backlog", outbox.backlog());
		model.addAttribute("parked", outbox.parked(MOST));
		model.addAttribute("redriven", redrives.latest(MOST));
		return "ui/outbox";
	}

	@Requires(Role.OPERATOR)
	@GetMapping(name = "Page.AskToRedrive", path = "/redrive")
	String ask(@RequestParam(name = "subject") String subject, Model model) {
		model.addAttribute("parked",
				outbox.parked(MOST).stream().filter(work -> work.subject().equals(subject)).toList());
		return "ui/redrive";
	}

	@Requires(Role.OPERATOR)
	@PostMapping(name = "Page.Redrive", path = "/redrive")
	String redrive(@RequestParam(name = "subject", defaultValue = "") String subject,
			@RequestParam(name = "reason", defaultValue = "") String reason) {
		try {
			redrives.ofSubject(subject, new Redrive(Caller.current().name(), forms.reason(reason)));
		}
		catch (RedriveRefused failure) {
			throw new ActionImpossible(String.valueOf(failure.getMessage()));
		}
		return "redirect:/ui/outbox";
	}

}
