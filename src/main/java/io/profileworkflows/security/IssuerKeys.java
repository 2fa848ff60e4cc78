package io.profileworkflows.security;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

import io.profileworkflows.threads.PlatformThreads;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRequest;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.web.client.RestOperations;
import org.springframework.web.client.RestTemplate;

/**
 * Fetches the keys of the tokens' issuer on a thread of its own, and seldom: anybody can
 * send a token with a key that nobody knows, and all callers with tokens wait while the
 * decoder asks for keys. Between fetches, and while one takes long, it has the keys of
 * the last one.
 */
class IssuerKeys implements ClientHttpRequestInterceptor {

	private static final Duration BETWEEN_FETCHES = Duration.ofSeconds(30);

	/** Without any keys no token can be read. */
	private static final Duration BETWEEN_FIRST_FETCHES = Duration.ofSeconds(2);

	private static final Duration PATIENCE = Duration.ofSeconds(1);

	private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

	private static final Duration READ_TIMEOUT = Duration.ofSeconds(5);

	/** One that takes longer than the time between fetches does not hold up the next. */
	private static final int THREADS = 2;

	private final Map<URI, Fetches> fetches = new ConcurrentHashMap<>();

	private final Executor threads = PlatformThreads.pool("issuer-keys", THREADS);

	private final LongSupplier nanos;

	/**
	 * @param nanos tells the nanoseconds since any moment
	 */
	IssuerKeys(LongSupplier nanos) {
		this.nanos = nanos;
	}

	RestOperations client() {
		var transport = new SimpleClientHttpRequestFactory();
		transport.setConnectTimeout(CONNECT_TIMEOUT);
		transport.setReadTimeout(READ_TIMEOUT);
		var client = new RestTemplate(transport);
		client.getInterceptors().add(this);
		return client;
	}

	@Override
	public ClientHttpResponse intercept(HttpRequest request, byte[] body, ClientHttpRequestExecution execution)
			throws IOException {
		return fetches.computeIfAbsent(request.getURI(), _ -> new Fetches())
			.answer(() -> execution.execute(request, body));
	}

	/**
	 * A request to the issuer.
	 */
	private interface Fetch {

		ClientHttpResponse send() throws IOException;

	}

	/**
	 * The fetches from one place.
	 */
	private final class Fetches {

		private volatile @Nullable Kept last;

		private @Nullable CompletableFuture<Kept> current;

		private long begin;

		Kept answer(Fetch fetch) throws IOException {
			try {
				var running = currentOrNew(fetch);
				var left = PATIENCE.toNanos() - (nanos.getAsLong() - begin());
				return running.get(Math.max(0, left), TimeUnit.NANOSECONDS).again();
			}
			catch (TimeoutException | ExecutionException failure) {
				return lastOr(failure);
			}
			catch (InterruptedException failure) {
				Thread.currentThread().interrupt();
				return lastOr(failure);
			}
		}

		private Kept lastOr(Exception failure) throws IOException {
			var known = last;
			if (known == null) {
				throw new IOException("The keys of the tokens' issuer could not be fetched", failure);
			}
			return known.again();
		}

		private synchronized long begin() {
			return begin;
		}

		private synchronized CompletableFuture<Kept> currentOrNew(Fetch fetch) {
			var pause = (last != null) ? BETWEEN_FETCHES : BETWEEN_FIRST_FETCHES;
			var running = current;
			if (running == null || nanos.getAsLong() - begin >= pause.toNanos()) {
				running = new CompletableFuture<>();
				current = running;
				begin = nanos.getAsLong();
				var next = running;
				threads.execute(() -> fetch(fetch, next));
			}
			return running;
		}

		private void fetch(Fetch fetch, CompletableFuture<Kept> next) {
			try (var response = fetch.send()) {
				if (!response.getStatusCode().is2xxSuccessful()) {
					throw new IOException("The tokens' issuer answered " + response.getStatusCode());
				}
				var kept = new Kept(response.getHeaders(), response.getBody().readAllBytes());
				last = kept;
				next.complete(kept);
			}
			catch (IOException | RuntimeException failure) {
				next.completeExceptionally(failure);
			}
		}

	}

	/**
	 * What the issuer answered.
	 */
	private static final class Kept implements ClientHttpResponse {

		private final HttpHeaders headers;

		private final byte[] content;

		private final InputStream body;

		Kept(HttpHeaders headers, byte[] content) {
			this.headers = headers;
			this.content = content;
			this.body = new ByteArrayInputStream(content);
		}

		/** To be read once more. */
		Kept again() {
			return new Kept(headers, content);
		}

		@Override
		public HttpStatusCode getStatusCode() {
			return HttpStatus.OK;
		}

		@Override
		public String getStatusText() {
			return HttpStatus.OK.getReasonPhrase();
		}

		@Override
		public HttpHeaders getHeaders() {
			return headers;
		}

		@Override
		public InputStream getBody() {
			return body;
		}

		@Override
		public void close() {
			// is in memory
		}

	}

}
