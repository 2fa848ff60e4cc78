package io.profileworkflows.customerprofiles;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.http.async.AsyncExecuteRequest;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.async.SdkHttpContentPublisher;
import software.amazon.awssdk.utils.AttributeMap;

/**
 * Hands out the content of a request only while its {@link Transmission} may begin.
 * Between the last interceptor and the wire lie the wait for a connection and the TLS
 * handshake; a create without its content is none.
 */
class GuardedHttpClient implements SdkAsyncHttpClient {

	private final SdkAsyncHttpClient client;

	GuardedHttpClient(SdkAsyncHttpClient client) {
		this.client = client;
	}

	/**
	 * By way of a builder, since the SDK closes only what it has built.
	 */
	static Builder around(SdkAsyncHttpClient.Builder<?> client) {
		return new Builder(client);
	}

	@Override
	public CompletableFuture<Void> execute(AsyncExecuteRequest request) {
		var transmission = request.httpExecutionAttributes().getAttribute(Transmission.HTTP);
		if (transmission == null) {
			return client.execute(request);
		}
		return client.execute(AsyncExecuteRequest.builder()
			.request(request.request())
			.requestContentPublisher(new GuardedContent(request.requestContentPublisher(), transmission))
			.responseHandler(request.responseHandler())
			.fullDuplex(request.fullDuplex())
			.metricCollector(request.metricCollector().orElse(null))
			.httpExecutionAttributes(request.httpExecutionAttributes())
			.build());
	}

	@Override
	public String clientName() {
		return client.clientName();
	}

	@Override
	public void close() {
		client.close();
	}

	record Builder(SdkAsyncHttpClient.Builder<?> client) implements SdkAsyncHttpClient.Builder<Builder> {

		@Override
		public SdkAsyncHttpClient buildWithDefaults(AttributeMap serviceDefaults) {
			return new GuardedHttpClient(client.buildWithDefaults(serviceDefaults));
		}

	}

	private record GuardedContent(SdkHttpContentPublisher content,
			Transmission transmission) implements SdkHttpContentPublisher {

		@Override
		public Optional<Long> contentLength() {
			return content.contentLength();
		}

		@Override
		public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
			try {
				transmission.begin();
			}
			catch (RuntimeException tooLate) {
				subscriber.onSubscribe(new NoDemand());
				subscriber.onError(tooLate);
				return;
			}
			content.subscribe(subscriber);
		}

	}

	private record NoDemand() implements Subscription {

		@Override
		public void request(long demand) {
		}

		@Override
		public void cancel() {
		}

	}

}
