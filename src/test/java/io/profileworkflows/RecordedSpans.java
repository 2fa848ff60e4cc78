package io.profileworkflows;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;

/**
 * Where the spans of a test go instead of to a collector. Keeps the latest.
 */
public final class RecordedSpans implements SpanExporter {

	private static final int KEPT = 10_000;

	private final ConcurrentLinkedDeque<SpanData> spans = new ConcurrentLinkedDeque<>();

	/** Those of a trace, in the order in which they ended. */
	public List<SpanData> of(String traceId) {
		return spans.stream().filter(span -> span.getTraceId().equals(traceId)).toList();
	}

	public List<SpanData> all() {
		return List.copyOf(spans);
	}

	@Override
	public CompletableResultCode export(Collection<SpanData> ended) {
		spans.addAll(ended);
		while (spans.size() > KEPT) {
			spans.pollFirst();
		}
		return CompletableResultCode.ofSuccess();
	}

	@Override
	public CompletableResultCode flush() {
		return CompletableResultCode.ofSuccess();
	}

	@Override
	public CompletableResultCode shutdown() {
		return CompletableResultCode.ofSuccess();
	}

}
