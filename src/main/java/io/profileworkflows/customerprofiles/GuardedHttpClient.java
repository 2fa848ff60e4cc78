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
 * handshake; a create without its content is none, neither for its effect nor for AWS's
 * quota: the signature covers the content, so nobody knows whose request it is without.
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
			transmission.demand(() -> content.subscribe(new GuardedSubscriber(subscriber, transmission)), refusal -> {
				subscriber.onSubscribe(new NoDemand());
				subscriber.onError(refusal);
			});
		}

	}

	/**
	 * Begins the transmission when the first byte is asked for, on the thread that writes
	 * it: nothing is between the last look at the clock and the wire.
	 */
	private static final class GuardedSubscriber implements Subscriber<ByteBuffer> {

		private final Subscriber<? super ByteBuffer> subscriber;

		private final Transmission transmission;

		GuardedSubscriber(Subscriber<? super ByteBuffer> subscriber, Transmission transmission) {
			this.subscriber = subscriber;
			this.transmission = transmission;
		}

		@Override
		public void onSubscribe(Subscription subscription) {
			subscriber.onSubscribe(new Subscription() {

				private boolean begun;

				private boolean refused;

				@Override
				public void request(long demand) {
					if (!begun && !refused) {
						begin();
					}
					if (begun) {
						subscription.request(demand);
					}
				}

				private void begin() {
					try {
						transmission.begin();
						begun = true;
					}
					catch (RuntimeException failure) {
						refused = true;
						subscription.cancel();
						subscriber.onError(failure);
					}
				}

				@Override
				public void cancel() {
					subscription.cancel();
				}

			});
		}

		@Override
		public void onNext(ByteBuffer chunk) {
			subscriber.onNext(chunk);
		}

		@Override
		public void onError(Throwable failure) {
			subscriber.onError(failure);
		}

		@Override
		public void onComplete() {
			subscriber.onComplete();
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
