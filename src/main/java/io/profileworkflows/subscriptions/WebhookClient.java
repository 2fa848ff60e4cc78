package io.profileworkflows.subscriptions;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;

import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.ssl.ClientTlsStrategyBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.ssl.TLS;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Posts to addresses that callers chose. Connects to nothing that was not checked,
 * follows nothing, reads no more than it keeps, and ends in time whatever the other side
 * does.
 */
class WebhookClient implements AutoCloseable {

	static final int MOST_OF_ANSWER = 1024;

	private static final int MOST_CONNECTIONS = 256;

	private static final int MOST_HEADERS = 100;

	private static final int LONGEST_LINE = 8192;

	private static final TimeValue KEPT_FOR = TimeValue.ofMinutes(1);

	private static final TimeValue TRUSTED_FOR = TimeValue.ofMilliseconds(500);

	private static final Pattern SECONDS = Pattern.compile("[0-9]{1,6}");

	private final CloseableHttpClient client;

	private final Duration timeout;

	private final ScheduledThreadPoolExecutor deadlines = new ScheduledThreadPoolExecutor(1,
			Thread.ofPlatform().daemon().name("delivery-deadlines").factory());

	/**
	 * @param tls null for what the JVM trusts
	 * @param timeout for all of a delivery
	 */
	WebhookClient(TargetNames names, @Nullable SSLContext tls, Duration timeout) {
		this.timeout = timeout;
		deadlines.setRemoveOnCancelPolicy(true);
		var limit = Timeout.of(timeout);
		var strategy = ClientTlsStrategyBuilder.create().setTlsVersions(TLS.V_1_3, TLS.V_1_2);
		if (tls != null) {
			strategy.setSslContext(tls);
		}
		var connections = PoolingHttpClientConnectionManagerBuilder.create()
			.setDnsResolver(names)
			.setTlsSocketStrategy(strategy.buildClassic())
			.setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
				.http1Config(
						Http1Config.custom().setMaxHeaderCount(MOST_HEADERS).setMaxLineLength(LONGEST_LINE).build())
				.build())
			.setMaxConnTotal(MOST_CONNECTIONS)
			.setMaxConnPerRoute(MOST_CONNECTIONS)
			.setDefaultConnectionConfig(ConnectionConfig.custom()
				.setConnectTimeout(limit)
				.setSocketTimeout(limit)
				.setTimeToLive(KEPT_FOR)
				.setValidateAfterInactivity(TRUSTED_FOR)
				.build())
			.setDefaultTlsConfig(TlsConfig.custom().setHandshakeTimeout(limit).build())
			.build();
		this.client = HttpClients.custom()
			.setConnectionManager(connections)
			.setDefaultRequestConfig(RequestConfig.custom()
				.setConnectionRequestTimeout(limit)
				.setResponseTimeout(limit)
				.setRedirectsEnabled(false)
				.setAuthenticationEnabled(false)
				.setExpectContinueEnabled(false)
				.setProtocolUpgradeEnabled(false)
				.build())
			.disableRedirectHandling()
			.disableAutomaticRetries()
			.disableCookieManagement()
			.disableAuthCaching()
			.disableContentCompression()
			.setUserAgent("profile-workflows")
			.build();
	}

	/**
	 * Never throws for what the other side does. Returns within the timeout, or a little
	 * later.
	 */
	DeliveryAnswer post(URI url, String contentType, Map<String, String> headers, byte[] body) {
		var begin = System.nanoTime();
		var request = new HttpPost(url);
		headers.forEach(request::setHeader);
		request.setEntity(new ByteArrayEntity(body, ContentType.parseLenient(contentType)));
		var isLate = new AtomicBoolean();
		var deadline = deadlines.schedule(() -> {
			isLate.set(true);
			request.cancel();
		}, timeout.toNanos(), TimeUnit.NANOSECONDS);
		try {
			var response = client.executeOpen(HttpHost.create(url), request, HttpClientContext.create());
			try {
				var text = beginningOf(response, request);
				var took = Duration.ofNanos(System.nanoTime() - begin);
				return isLate.get() ? late(took) : answer(response, text, took);
			}
			finally {
				close(response);
			}
		}
		catch (IOException | RuntimeException failure) {
			var took = Duration.ofNanos(System.nanoTime() - begin);
			return isLate.get() ? late(took) : DeliveryAnswer.failed(reason(failure), took);
		}
		finally {
			deadline.cancel(false);
		}
	}

	private DeliveryAnswer late(Duration took) {
		return DeliveryAnswer.failed("There was no whole answer within %s ms".formatted(timeout.toMillis()), took);
	}

	/** What is left of it ends with the connection: to close it would read it all. */
	private static @Nullable String beginningOf(ClassicHttpResponse response, HttpPost request) throws IOException {
		var entity = response.getEntity();
		if (entity == null) {
			return null;
		}
		var bytes = entity.getContent().readNBytes(MOST_OF_ANSWER + 1);
		if (bytes.length > MOST_OF_ANSWER) {
			request.cancel();
		}
		// the database has no NUL
		return new String(bytes, 0, Math.min(bytes.length, MOST_OF_ANSWER), StandardCharsets.UTF_8).replace('\0',
				'\ufffd');
	}

	private static void close(ClassicHttpResponse response) {
		try {
			response.close();
		}
		catch (IOException _) {
			// all that is wanted of it is there
		}
	}

	private static DeliveryAnswer answer(ClassicHttpResponse response, @Nullable String text, Duration took) {
		var status = response.getCode();
		var isSuccess = status >= 200 && status < 300;
		return new DeliveryAnswer(status, text, isSuccess ? null : "The answer was %s".formatted(status),
				retryAfter(response), took);
	}

	private static @Nullable Duration retryAfter(ClassicHttpResponse response) {
		var header = response.getFirstHeader(HttpHeaders.RETRY_AFTER);
		return (header != null && header.getValue() != null && SECONDS.matcher(header.getValue()).matches())
				? Duration.ofSeconds(Long.parseLong(header.getValue())) : null;
	}

	private static String reason(Exception failure) {
		return switch (failure) {
			case TargetNames.AddressNotAllowed _ -> "The name leads to an address that is not public";
			case UnknownHostException _ -> "The name could not be looked up";
			case ConnectException _ -> "No connection";
			case SSLException tls -> "No secure connection: " + firstLine(tls);
			case InterruptedIOException _ -> "There was no answer in time";
			default -> "No readable answer: " + failure.getClass().getSimpleName();
		};
	}

	private static String firstLine(Exception failure) {
		var message = failure.getMessage();
		return (message == null) ? failure.getClass().getSimpleName()
				: message.lines().findFirst().orElse("").replace('\0', '\ufffd');
	}

	@Override
	public void close() throws IOException {
		deadlines.shutdownNow();
		client.close();
	}

}
