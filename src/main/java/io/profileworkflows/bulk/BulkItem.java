package io.profileworkflows.bulk;

import java.util.List;

import io.profileworkflows.integration.CreateIntegrationWorkflow;
import io.profileworkflows.integration.Violation;
import io.profileworkflows.preflight.Finding;
import io.profileworkflows.workflow.WorkflowId;
import org.jspecify.annotations.Nullable;

/**
 * The result of one of many requests.
 */
public sealed interface BulkItem {

	/** Its place among all of them, counted from 1. */
	int number();

	/** The line of the body in which it begins, counted from 1. */
	int line();

	/** What it is about, as far as that could be read. */
	@Nullable Subject subject();

	/**
	 * It has a workflow, made for it or before.
	 *
	 * @param warnings what was worth a warning when the workflow was accepted
	 */
	record Taken(int number, int line, Subject subject, WorkflowId workflow, boolean replayed,
			List<Violation> warnings) implements BulkItem {
	}

	/**
	 * It has none.
	 *
	 * @param failure what a create of this one alone would fail with
	 */
	record Refused(int number, int line, @Nullable Subject subject, RuntimeException failure) implements BulkItem {
	}

	/**
	 * What would be said of it, in a dry run.
	 */
	record Looked(int number, int line, @Nullable Subject subject, List<Violation> violations, List<Violation> warnings,
			List<Finding> findings) implements BulkItem {
	}

	/**
	 * What a request is about.
	 */
	record Subject(String domainName, String flowName) {

		static Subject of(CreateIntegrationWorkflow request) {
			return new Subject(request.domainName(), request.flowName());
		}

	}

}
