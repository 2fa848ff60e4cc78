package io.profileworkflows;

import org.junit.jupiter.api.Test;

import org.springframework.modulith.core.ApplicationModules;
import org.springframework.modulith.docs.Documenter;

@OnTheSide
class ModularityTests {

	private final ApplicationModules modules = ApplicationModules.of(ProfileWorkflowsApplication.class);

	@Test
	void modulesDependOnlyOnWhatTheyDeclare() {
		modules.verify();
	}

	@Test
	void writesModuleDiagrams() {
		new Documenter(modules).writeDocumentation();
	}

}
