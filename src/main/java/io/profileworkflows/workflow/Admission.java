package io.profileworkflows.workflow;

import java.util.ArrayList;

import io.profileworkflows.integration.Checked;
import io.profileworkflows.integration.CreateIntegrationWorkflow;
import io.profileworkflows.integration.ImportSince;
import io.profileworkflows.integration.InvalidDocument;
import io.profileworkflows.preflight.Preflight;
import io.profileworkflows.security.ResourceNotAllowed;
import io.profileworkflows.security.ResourceRules;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * What is checked before a request is accepted. No transaction spans it, because it may
 * ask AWS.
 */
@Component
public class Admission {

	private final Workflows workflows;

	private final Preflight preflight;

	private final ResourceRules resources;

	Admission(Workflows workflows, Preflight preflight, ResourceRules resources) {
		this.workflows = workflows;
		this.preflight = preflight;
		this.resources = resources;
	}

	/** Adds what the domain may not use at AWS to what is wrong with a request. */
	public Checked<CreateIntegrationWorkflow> check(Checked<CreateIntegrationWorkflow> checked) {
		return resources.check(checked);
	}

	/**
	 * Takes on a request without mistakes. One that was answered before is answered alike
	 * and not looked at again: what it made may be what is in its way now.
	 * @throws ResourceNotAllowed when its domain may not use what it names
	 * @throws InvalidDocument when it has mistakes, or would surely go wrong at AWS
	 */
	public Acceptance admit(Checked<CreateIntegrationWorkflow> checked, String caller, @Nullable IdempotencyKey key) {
		return admit(checked, caller, key, null);
	}

	/**
	 * The same of a request whose batches may have been computed.
	 * @param importSince null where none are computed
	 */
	public Acceptance admit(Checked<CreateIntegrationWorkflow> checked, String caller, @Nullable IdempotencyKey key,
			@Nullable ImportSince importSince) {
		var request = checked.require();
		// before anything is asked about what may be another's
		resources.require(request);
		var warnings = new ArrayList<>(checked.warnings());
		if (preflight.looksOnCreate() && !workflows.isTaken(request, caller, key)) {
			warnings.addAll(preflight.admit(request));
		}
		return workflows.accept(request, warnings, caller, key, importSince);
	}

	/**
	 * Takes on one of many requests that were sent together.
	 * @param keyOfAll of all of them together
	 * @param importSince null where no batches are computed
	 * @see #admit(Checked, String, IdempotencyKey)
	 */
	public Acceptance admitItem(Checked<CreateIntegrationWorkflow> checked, String caller,
			@Nullable IdempotencyKey keyOfAll, @Nullable ImportSince importSince) {
		var request = checked.require();
		resources.require(request);
		var warnings = new ArrayList<>(checked.warnings());
		if (preflight.looksOnCreate() && !workflows.isItemTaken(request, caller, keyOfAll, importSince)) {
			warnings.addAll(preflight.admit(request));
		}
		return workflows.acceptItem(request, warnings, caller, keyOfAll, importSince);
	}

}
