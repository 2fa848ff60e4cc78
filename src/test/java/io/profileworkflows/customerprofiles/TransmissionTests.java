package io.profileworkflows.customerprofiles;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.profileworkflows.OnTheSide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpExecutionAttributes;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.async.AsyncExecuteRequest;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.async.SdkHttpContentPublisher;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.customerprofiles.CustomerProfilesAsyncClient;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.awaitility.Awaitility.await;

@OnTheSide
class TransmissionTests {

	private static final Duration LONG = Duration.ofHours(1);

	@Test
	void beginsOnceWithinItsDeadline() {
		var transmission = new Transmission(Deadline.in(LONG), Departure.atOnce());

		transmission.begin();

		assertThat(transmission.withhold()).isFalse();
		assertThatIllegalStateException().isThrownBy(transmission::begin).withMessageContaining("BEGUN");
	}

	@Test
	void doesNotBeginAfterItsDeadline() {
		var transmission = new Transmission(Deadline.in(Duration.ZERO), Departure.atOnce());

		assertThatExceptionOfType(DeadlinePassed.class).isThrownBy(transmission::begin);
		assertThat(transmission.withhold()).isTrue();
	}

	@Test
	void neverBeginsOnceWithheld() {
		var transmission = new Transmission(Deadline.in(LONG), Departure.atOnce());

		assertThat(transmission.withhold()).isTrue();
		assertThat(transmission.withhold()).isTrue();
		assertThatIllegalStateException().isThrownBy(transmission::begin).withMessageContaining("WITHHELD");
	}

	@Test
	void isEitherBegunOrWithheld() throws Exception {
		try (var threads = Executors.newFixedThreadPool(2)) {
			for (int round = 0; round < 500; round++) {
				var transmission = new Transmission(Deadline.in(LONG), Departure.atOnce());
				var start = new CyclicBarrier(2);
				Callable<Boolean> begin = () -> {
					start.await();
					try {
						transmission.begin();
						return true;
					}
					catch (IllegalStateException _) {
						return false;
					}
				};
				Callable<Boolean> withhold = () -> {
					start.await();
					return transmission.withhold();
				};
				var begun = threads.submit(begin);
				var withheld = threads.submit(withhold);

				assertThat(begun.get()).isNotEqualTo(withheld.get());
			}
		}
	}

	@Test
	void isCheckedAfterSigningAndRightBeforeTheHttpClient() {
		var events = new ArrayList<String>();
		try (var client = client(events)) {
			client
				.listWorkflows(
						query -> query.domainName("retail")
							.overrideConfiguration(call -> call.putExecutionAttribute(Transmission.EXECUTION,
									new Transmission(Deadline.in(LONG), Departure.atOnce()))))
				.exceptionally(_ -> null)
				.join();

			assertThat(events).containsExactly("signed: true", "HTTP client");
		}
	}

	@Test
	void keepsALateRequestFromTheHttpClient() {
		var events = new ArrayList<String>();
		try (var client = client(events)) {
			var call = client.listWorkflows(query -> query.domainName("retail")
				.overrideConfiguration(late -> late.putExecutionAttribute(Transmission.EXECUTION,
						new Transmission(Deadline.in(Duration.ZERO), Departure.atOnce()))));

			assertThat(call).failsWithin(LONG).withThrowableThat().withStackTraceContaining("DeadlinePassed");
			assertThat(events).isEmpty();
		}
	}

	@Test
	void keepsBackTheContentOfARequestThatIsLateOnTheWire() {
		var late = new Recorder();
		guarded(new Transmission(Deadline.in(Duration.ZERO), Departure.atOnce()), late);

		assertThat(late.chunks).isZero();
		assertThat(late.failure).isInstanceOf(DeadlinePassed.class);
	}

	@Test
	void keepsBackTheContentOfAWithheldRequest() {
		var transmission = new Transmission(Deadline.in(LONG), Departure.atOnce());
		transmission.withhold();
		var tooLate = new Recorder();
		guarded(transmission, tooLate);

		assertThat(tooLate.chunks).isZero();
		assertThat(tooLate.failure).isInstanceOf(IllegalStateException.class);
	}

	@Test
	void letsTheContentOfATimelyRequestPass() {
		var transmission = new Transmission(Deadline.in(LONG), Departure.atOnce());
		var timely = new Recorder();
		guarded(transmission, timely);

		assertThat(timely.chunks).isOne();
		assertThat(timely.failure).isNull();
		assertThat(transmission.withhold()).isFalse();
	}

	@Test
	void leavesRequestsWithoutATransmissionAlone() {
		var content = new OneChunk();
		var request = request(content).build();

		assertThatNoException()
			.isThrownBy(() -> new GuardedHttpClient(new FakeHttpClient(passed -> assertThat(passed).isSameAs(request)))
				.execute(request));
	}

	@Test
	void looksAtItsTurnOnceMoreWhenTheFirstByteIsAskedFor() {
		var turn = new Turn(true, System.nanoTime(), System.nanoTime() + Duration.ofMillis(500).toNanos(),
				Duration.ofMillis(500), Duration.ZERO);
		var transmission = new Transmission(Deadline.in(LONG), Departure.in(turn, nowhere()));
		var slow = new Recorder(0);
		guarded(transmission, slow);
		assertThat(slow.failure).as("before its end").isNull();

		await().until(turn::isOver);
		slow.request();

		assertThat(slow.failure).isInstanceOf(TurnPassed.class);
		assertThat(slow.chunks).isZero();
		assertThat(transmission.withhold()).isTrue();
	}

	private static Budget nowhere() {
		return new Budget(JdbcClient.create(new SimpleDriverDataSource()),
				new UpstreamSettings(LONG, 5, Duration.ofSeconds(1)), new AppFlowBudgetSettings(1),
				new SimpleMeterRegistry());
	}

	private static CustomerProfilesAsyncClient client(List<String> events) {
		var probe = new ExecutionInterceptor() {

			@Override
			public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
				events.add("signed: " + context.httpRequest().firstMatchingHeader("Authorization").isPresent());
			}

		};
		return CustomerProfilesAsyncClient.builder()
			.region(Region.EU_CENTRAL_1)
			.credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDEXAMPLE", "secret")))
			.httpClient(new FakeHttpClient(_ -> events.add("HTTP client")))
			.overrideConfiguration(configuration -> configuration.retryStrategy(AwsRetryStrategy.doNotRetry())
				.addExecutionInterceptor(new Transmission.Check())
				.addExecutionInterceptor(probe))
			.build();
	}

	private static void guarded(Transmission transmission, Recorder recorder) {
		var attributes = SdkHttpExecutionAttributes.builder().put(Transmission.HTTP, transmission).build();
		var request = request(new OneChunk()).httpExecutionAttributes(attributes).build();
		new GuardedHttpClient(new FakeHttpClient(passed -> passed.requestContentPublisher().subscribe(recorder)))
			.execute(request);
		depart(transmission);
	}

	private static void depart(Transmission transmission) {
		try {
			assertThat(transmission.depart(new CompletableFuture<>())).isTrue();
		}
		catch (InterruptedException failure) {
			throw new IllegalStateException(failure);
		}
	}

	private static AsyncExecuteRequest.Builder request(SdkHttpContentPublisher content) {
		return AsyncExecuteRequest.builder()
			.request(SdkHttpFullRequest.builder().method(SdkHttpMethod.POST).protocol("http").host("localhost").build())
			.requestContentPublisher(content);
	}

	private record FakeHttpClient(Consumer<AsyncExecuteRequest> calls) implements SdkAsyncHttpClient {

		@Override
		public CompletableFuture<Void> execute(AsyncExecuteRequest request) {
			calls.accept(request);
			var failure = new IllegalStateException("nothing answers");
			if (request.responseHandler() != null) {
				request.responseHandler().onError(failure);
			}
			return CompletableFuture.failedFuture(failure);
		}

		@Override
		public void close() {
		}

	}

	private static final class OneChunk implements SdkHttpContentPublisher {

		@Override
		public Optional<Long> contentLength() {
			return Optional.of(1L);
		}

		@Override
		public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
			subscriber.onSubscribe(new Subscription() {

				@Override
				public void request(long demand) {
					subscriber.onNext(ByteBuffer.allocate(1));
					subscriber.onComplete();
				}

				@Override
				public void cancel() {
				}

			});
		}

	}

	private static final class Recorder implements Subscriber<ByteBuffer> {

		private final int demand;

		private int chunks;

		private @Nullable Throwable failure;

		private @Nullable Subscription subscription;

		Recorder() {
			this(1);
		}

		Recorder(int demand) {
			this.demand = demand;
		}

		@Override
		public void onSubscribe(Subscription subscription) {
			this.subscription = subscription;
			if (demand > 0) {
				subscription.request(demand);
			}
		}

		void request() {
			Objects.requireNonNull(subscription).request(1);
		}

		@Override
		public void onNext(ByteBuffer chunk) {
			chunks++;
		}

		@Override
		public void onError(Throwable failure) {
			this.failure = failure;
		}

		@Override
		public void onComplete() {
		}

	}

}
