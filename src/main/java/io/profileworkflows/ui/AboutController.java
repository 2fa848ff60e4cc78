package io.profileworkflows.ui;

import io.profileworkflows.customerprofiles.BudgetUses;
import io.profileworkflows.deployment.Deployment;
import io.profileworkflows.security.Requires;
import io.profileworkflows.security.Role;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.info.BuildProperties;
import org.springframework.boot.info.GitProperties;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/**
 * What runs here, for which account, and how much of its budget is used.
 */
@Controller
class AboutController {

	private final Deployment deployment;

	private final BudgetUses budget;

	private final @Nullable BuildProperties build;

	private final @Nullable GitProperties git;

	AboutController(Deployment deployment, BudgetUses budget, ObjectProvider<BuildProperties> build,
			ObjectProvider<GitProperties> git) {
		this.deployment = deployment;
		this.budget = budget;
		this.build = build.getIfAvailable();
		this.git = git.getIfAvailable();
	}

	@Requires(value = Role.READER, inAnyDomain = true)
	@GetMapping(name = "Page.About", path = "/ui/about")
	String show(Model model) {
		model.addAttribute("version", (build != null) ? build.getVersion() : "unknown");
		model.addAttribute("commit", (git != null) ? git.getShortCommitId() : "unknown");
		model.addAttribute("deployment", deployment);
		model.addAttribute("budget", budget.all());
		return "ui/about";
	}

}
