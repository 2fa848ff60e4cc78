package io.profileworkflows.security;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A request over HTTP, shown to be a caller's in the one way or the other. Requests are
 * signed with the newer of the SDK's two signers, the service checks them with the older.
 */
record Ask(String method, URI uri, String body, Map<String, String> headers) {

	private static final HttpClient CLIENT = HttpClient.newHttpClient();

	private static final AwsV4HttpSigner SIGNER = AwsV4HttpSigner.create();

	private static final JsonMapper JSON = new JsonMapper();

	static Ask to(int port, String method, String path) {
		return new Ask(method, URI.create("http://localhost:%d%s".formatted(port, path)), "", Map.of());
	}

	Ask withBody(String body) {
		return new Ask(method, uri, body, headers).with("Content-Type", "application/json");
	}

	Ask with(String header, String value) {
		var more = new TreeMap<>(headers);
		more.put(header, value);
		return new Ask(method, uri, body, more);
	}

	Ask withToken(String token) {
		return with("Authorization", "Bearer " + token);
	}

	Ask signed(String accessKey, String secret) {
		return signed(accessKey, secret, Instant.now(), "eu-central-1", "profile");
	}

	Ask signed(String accessKey, String secret, Instant time, String region, String service) {
		var request = SdkHttpRequest.builder().method(SdkHttpMethod.fromValue(method)).uri(uri);
		headers.forEach(request::putHeader);
		var signed = SIGNER
			.sign(sign -> sign.identity(AwsBasicCredentials.create(accessKey, secret))
				.request(request.build())
				.payload(() -> new ByteArrayInputStream(bytes()))
				.putProperty(AwsV4HttpSigner.REGION_NAME, region)
				.putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, service)
				.putProperty(AwsV4HttpSigner.SIGNING_CLOCK, Clock.fixed(time, ZoneOffset.UTC)))
			.request();
		var all = new TreeMap<String, String>(headers);
		signed.forEachHeader((name, values) -> all.put(name, String.join(",", values)));
		all.remove("Host");
		return new Ask(method, uri, body, all);
	}

	/** As somebody on its way would change it. */
	Ask tampered(UnaryOperator<String> ofUri, UnaryOperator<String> ofBody) {
		return new Ask(method, URI.create(ofUri.apply(uri.toString())), ofBody.apply(body), headers);
	}

	Answer send() {
		return new Answer(send(HttpResponse.BodyHandlers.ofString()));
	}

	/** The answer's body, as it comes. */
	InputStream open() {
		return send(HttpResponse.BodyHandlers.ofInputStream()).body();
	}

	private <T> HttpResponse<T> send(HttpResponse.BodyHandler<T> handler) {
		var publisher = body.isEmpty() ? HttpRequest.BodyPublishers.noBody()
				: HttpRequest.BodyPublishers.ofByteArray(bytes());
		var request = HttpRequest.newBuilder(uri).method(method, publisher);
		headers.forEach(request::header);
		try {
			return CLIENT.send(request.build(), handler);
		}
		catch (IOException failure) {
			throw new UncheckedIOException(failure);
		}
		catch (InterruptedException failure) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(failure);
		}
	}

	private byte[] bytes() {
		return body.getBytes(StandardCharsets.UTF_8);
	}

	/**
	 * What came back.
	 */
	record Answer(HttpResponse<String> response) {

		int status() {
			return response.statusCode();
		}

		@Nullable String header(String name) {
			return response.headers().firstValue(name).orElse(null);
		}

		@Nullable String errorType() {
			return header("x-amzn-ErrorType");
		}

		String text() {
			return response.body();
		}

		JsonNode body() {
			return JSON.readTree(response.body());
		}

		String message() {
			return body().path("Message").asString("");
		}

		List<String> ids() {
			var ids = new ArrayList<String>();
			body().path("Items").forEach(item -> ids.add(item.path("WorkflowId").asString()));
			return ids;
		}

	}

}
