package io.profileworkflows.outbox;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import io.micrometer.tracing.Span;
import io.micrometer.tracing.TraceContext;
import io.micrometer.tracing.Tracer;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

import org.springframework.stereotype.Component;

/**
 * Carries trace and request id from where work is added to where it is done. The format
 * in the database is W3C's, whatever is spoken with others.
 */
@Component
class WorkTraces {

	private static final Pattern TRACE_PARENT = Pattern
		.compile("00-(?<trace>[0-9a-f]{32})-(?<span>[0-9a-f]{16})-(?<flags>[0-9a-f]{2})");

	private static final String REQUEST_ID = "requestId";

	private final Tracer tracer;

	WorkTraces(Tracer tracer) {
		this.tracer = tracer;
	}

	/** Where the current thread's work comes from. */
	Origin here() {
		var span = tracer.currentSpan();
		return new Origin((span != null) ? traceParent(span.context()) : null, MDC.get(REQUEST_ID));
	}

	private static @Nullable String traceParent(TraceContext context) {
		var text = "00-%s-%s-%s".formatted(context.traceId(), context.spanId(),
				Boolean.TRUE.equals(context.sampled()) ? "01" : "00");
		return TRACE_PARENT.matcher(text).matches() ? text : null;
	}

	/**
	 * Until it is closed, what this thread logs and calls belongs to the work.
	 * @param about names in the log what the work is about
	 */
	Run begin(Work work, Map<String, String> about) {
		var fields = new LinkedHashMap<>(about);
		fields.put("domain", work.domain());
		var span = tracer.spanBuilder().name("outbox " + work.kind()).kind(Span.Kind.CONSUMER);
		fields.forEach(span::tag);
		parent(work.origin()).ifPresentOrElse(span::setParent, span::setNoParent);
		if (work.origin().requestId() != null) {
			fields.put(REQUEST_ID, work.origin().requestId());
		}
		return new Run(span.start(), fields);
	}

	private Optional<TraceContext> parent(Origin origin) {
		if (origin.traceParent() == null) {
			return Optional.empty();
		}
		var parts = TRACE_PARENT.matcher(origin.traceParent());
		if (!parts.matches()) {
			return Optional.empty();
		}
		var isSampled = (Integer.parseInt(parts.group("flags"), 16) & 1) == 1;
		return Optional.of(tracer.traceContextBuilder()
			.traceId(parts.group("trace"))
			.spanId(parts.group("span"))
			.sampled(isSampled)
			.build());
	}

	/**
	 * One run of a handler, in the trace and in the log.
	 */
	final class Run implements AutoCloseable {

		private final Span span;

		private final Tracer.SpanInScope scope;

		private final Set<String> fields;

		private Run(Span span, Map<String, String> fields) {
			this.span = span;
			this.fields = fields.keySet();
			fields.forEach(MDC::put);
			this.scope = tracer.withSpan(span);
		}

		void failed(String reason) {
			span.error(new Failed(reason));
		}

		@Override
		public void close() {
			scope.close();
			span.end();
			fields.forEach(MDC::remove);
		}

	}

	/**
	 * What may be told of a failure, and no more: not its causes, not the values in it.
	 */
	private static final class Failed extends RuntimeException {

		Failed(String reason) {
			super(reason, null, false, false);
		}

	}

}
