package io.profileworkflows.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * Before somebody is signed in, and after.
 */
@Controller
class WelcomeController {

	private final PageSessions sessions;

	private final SecuritySettings settings;

	private final SignInSettings signIn;

	WelcomeController(PageSessions sessions, SecuritySettings settings, SignInSettings signIn) {
		this.sessions = sessions;
		this.settings = settings;
		this.signIn = signIn;
	}

	@ForAnyCaller
	@GetMapping(PageSecurity.WELCOME)
	String welcome(@RequestParam(name = "because", defaultValue = "") String because, Model model) {
		model.addAttribute("because", because);
		model.addAttribute("isOffered", settings.enabled() && signIn.isOffered());
		model.addAttribute("isSecured", settings.enabled());
		return "ui/welcome";
	}

	@ForAnyCaller
	@PostMapping("/ui/sign-out")
	String signOut(HttpServletRequest request, HttpServletResponse response) {
		PageCookie.SESSION.in(request).ifPresent(sessions::end);
		PageCookie.SESSION.remove(response);
		return "redirect:%s?because=signed-out".formatted(PageSecurity.WELCOME);
	}

}
