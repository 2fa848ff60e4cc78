package io.profileworkflows.workflow;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * The fields of the lines that this thread logs, until it is closed. Then the earlier
 * fields are back.
 */
public final class LogFields implements AutoCloseable {

	public static final String DOMAIN = "domain";

	public static final String WORKFLOW = "workflowId";

	private final Map<String, @Nullable String> before = new LinkedHashMap<>();

	private LogFields() {
	}

	public static LogFields of(@Nullable String domainName, @Nullable WorkflowId workflow) {
		var fields = new LogFields();
		if (domainName != null) {
			fields.put(DOMAIN, domainName);
		}
		if (workflow != null) {
			fields.put(WORKFLOW, workflow.toString());
		}
		return fields;
	}

	private void put(String name, String value) {
		before.put(name, MDC.get(name));
		MDC.put(name, value);
	}

	@Override
	public void close() {
		before.forEach((name, value) -> {
			if (value == null) {
				MDC.remove(name);
			}
			else {
				MDC.put(name, value);
			}
		});
	}

}
