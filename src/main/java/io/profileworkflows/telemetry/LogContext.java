package io.profileworkflows.telemetry;

import io.micrometer.context.ContextRegistry;
import io.micrometer.context.integration.Slf4jThreadLocalAccessor;

import org.springframework.stereotype.Component;

/**
 * Lets what a request does on other threads log as part of the request, where the context
 * is captured for them: Micrometer does so for the trace, and with this for the log.
 */
@Component
class LogContext {

	LogContext() {
		ContextRegistry.getInstance()
			.registerThreadLocalAccessor(new Slf4jThreadLocalAccessor("requestId", "domain", "workflowId"));
	}

}
