package io.profileworkflows.customerprofiles;

import java.util.Locale;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Measures calls as {@code upstream.calls{operation,outcome}}, and shows each in the
 * trace that it belongs to, with the id that AWS gave it.
 */
@Component
class CallWatch {

	private final MeterRegistry meters;

	private final Tracer tracer;

	CallWatch(MeterRegistry meters, Tracer tracer) {
		this.meters = meters;
		this.tracer = tracer;
	}

	private static String nameOf(Operation.Api api) {
		return api.title().replace(" ", "");
	}

	/** A call begins, repetitions by the SDK included. */
	Watched begin(Operation operation) {
		return new Watched(operation);
	}

	/**
	 * A call under way, which ends in exactly one way.
	 */
	final class Watched implements AutoCloseable {

		private final Operation operation;

		private final Span span;

		private final Tracer.SpanInScope scope;

		private Timer.Sample timer = Timer.start(meters);

		private Watched(Operation operation) {
			this.operation = operation;
			this.span = tracer.spanBuilder()
				.name(nameOf(operation.api()) + "/" + operation.awsName())
				.kind(Span.Kind.CLIENT)
				.tag("rpc.system", "aws-api")
				.tag("rpc.service", nameOf(operation.api()))
				.tag("rpc.method", operation.awsName())
				.start();
			this.scope = tracer.withSpan(span);
		}

		/** Measures from now on. */
		void departed() {
			timer = Timer.start(meters);
			span.event("departed");
		}

		void succeeded(String outcome, @Nullable String requestId) {
			end(outcome, requestId);
		}

		/**
		 * Tells no more of a failure than its code: what AWS says of it may quote what
		 * was asked for.
		 */
		void failed(Enum<?> kind, @Nullable String code, @Nullable String requestId) {
			var outcome = kind.name().toLowerCase(Locale.ROOT);
			span.error(new Failed((code != null) ? code : outcome));
			end(outcome, requestId);
		}

		private void end(String outcome, @Nullable String requestId) {
			span.tag("outcome", outcome);
			if (requestId != null) {
				span.tag("aws.request_id", requestId);
			}
			// while its span is the current one, which makes it an exemplar
			timer.stop(Timer.builder("upstream.calls")
				.description("Calls of AWS, and how long they took")
				.tag("operation", operation.awsName())
				.tag("outcome", outcome)
				.register(meters));
		}

		@Override
		public void close() {
			scope.close();
			span.end();
		}

	}

	private static final class Failed extends RuntimeException {

		Failed(String code) {
			super(code, null, false, false);
		}

	}

}
