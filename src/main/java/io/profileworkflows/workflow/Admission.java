package io.profileworkflows.workflow;

import java.util.ArrayList;

import io.profileworkflows.integration.Checked;
import io.profileworkflows.integration.CreateIntegrationWorkflow;
import io.profileworkflows.integration.InvalidDocument;
import io.profileworkflows.preflight.Preflight;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * What comes before a request is taken on. No transaction spans it, since AWS may be
 * asked meanwhile.
 */
@Component
public class Admission {

	private final Workflows workflows;

	private final Preflight preflight;

	Admission(Workflows workflows, Preflight preflight) {
		this.workflows = workflows;
		this.preflight = preflight;
	}

	/**
	 * Takes on a request without mistakes. One that was answered before is answered alike
	 * and not looked at again: what it made may be what is in its way now.
	 * @throws InvalidDocument when it has mistakes, or would surely go wrong at AWS
	 */
	public Acceptance admit(Checked<CreateIntegrationWorkflow> checked, String caller, @Nullable IdempotencyKey key) {
		var request = checked.require();
		var warnings = new ArrayList<>(checked.warnings());
		if (preflight.looksOnCreate() && !workflows.isTaken(request, caller, key)) {
			warnings.addAll(preflight.admit(request));
		}
		return workflows.accept(request, warnings, caller, key);
	}

}
