package io.profileworkflows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.customerprofiles.CustomerProfilesClient;
import software.amazon.awssdk.services.customerprofiles.model.CustomerProfilesException;
import software.amazon.awssdk.services.customerprofiles.model.ListWorkflowsItem;
import software.amazon.awssdk.services.customerprofiles.model.ResourceNotFoundException;

import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * AWS's own client against a service that wants to know who calls, also when somebody
 * changes its requests after they were signed.
 */
@SecuredTest
class SignedSdkTests {

	private final URI service;

	SignedSdkTests(@LocalServerPort int port) {
		this.service = URI.create("http://localhost:" + port);
	}

	@Test
	void worksWithAnAccessKeyOfThisService() {
		try (var client = client(key("AKSUBMITTER", SecuredTest.SECRET), Tampering.NONE)) {
			var id = client.createIntegrationWorkflow(AwsSdkTests.request("own-sdk", "own-sdk")).workflowId();
			var arn = arn("own-sdk", id);

			client.tagResource(tag -> tag.resourceArn(arn).tags(Map.of("a/b", "c d")));
			assertThat(client.listTagsForResource(tags -> tags.resourceArn(arn)).tags()).containsEntry("a/b", "c d");
			client.untagResource(untag -> untag.resourceArn(arn).tagKeys("a/b", "z"));
			assertThat(client.listTagsForResource(tags -> tags.resourceArn(arn)).tags()).doesNotContainKey("a/b");
			assertThat(client.listWorkflows(list -> list.domainName("own-sdk")).items())
				.extracting(ListWorkflowsItem::workflowId)
				.contains(id);
			assertThatExceptionOfType(ResourceNotFoundException.class)
				.isThrownBy(() -> client.getWorkflow(get -> get.domainName("other-sdk").workflowId(id)));
		}
	}

	@Test
	void isRefusedWithAnotherSecretOrNone() {
		refused("InvalidSignatureException", key("AKSUBMITTER", "wrong"), Tampering.NONE);
		refused("UnrecognizedClientException", key("AKIDEXAMPLE", SecuredTest.SECRET), Tampering.NONE);
		refused("MissingAuthenticationTokenException", AnonymousCredentialsProvider.create(), Tampering.NONE);
	}

	@Test
	void isRefusedAfterItsRequestWasChanged() {
		var key = key("AKSUBMITTER", SecuredTest.SECRET);

		refused("InvalidSignatureException", key,
				new Tampering(request -> request, body -> body.replace("COMPLETE", "FAILED")));
		refused("InvalidSignatureException", key,
				Tampering.of(request -> request.encodedPath(request.encodedPath().replace("own-sdk", "own-other"))));
		refused("InvalidSignatureException", key,
				Tampering.of(request -> request.putRawQueryParameter("max-results", "1")));
		refused("InvalidSignatureException", key,
				Tampering.of(request -> request.putHeader("X-Amz-Date", atMidnight(request))));
	}

	@Test
	void isRefusedAfterTheEncodingOfItsPathWasChanged() {
		var changed = Tampering
			.of(request -> request.encodedPath(request.encodedPath().replace("%2Fworkflows", "%2fworkflows")));

		try (var client = client(key("AKSUBMITTER", SecuredTest.SECRET), changed)) {
			assertThatExceptionOfType(CustomerProfilesException.class)
				.isThrownBy(() -> client.listTagsForResource(tags -> tags.resourceArn(arn("own-sdk", "0".repeat(32)))))
				.satisfies(SignedSdkTests::isInvalidSignature);
		}
	}

	private void refused(String error, AwsCredentialsProvider credentials, Tampering tampering) {
		try (var client = client(credentials, tampering)) {
			assertThatExceptionOfType(CustomerProfilesException.class)
				.isThrownBy(() -> client.listWorkflows(list -> list.domainName("own-sdk").status("COMPLETE")))
				.satisfies(refusal -> {
					assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo(error);
					assertThat(refusal.statusCode()).isEqualTo(403);
					assertThat(refusal.requestId()).isNotBlank();
				});
		}
	}

	private static String atMidnight(SdkHttpRequest.Builder request) {
		return request.firstMatchingHeader("X-Amz-Date").orElseThrow().substring(0, 8) + "T000000Z";
	}

	private static void isInvalidSignature(CustomerProfilesException refusal) {
		assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo("InvalidSignatureException");
	}

	private static String arn(String domainName, String id) {
		return "arn:aws:profile:eu-central-1:123456789012:domains/%s/workflows/%s".formatted(domainName, id);
	}

	private static AwsCredentialsProvider key(String id, String secret) {
		return StaticCredentialsProvider.create(AwsBasicCredentials.create(id, secret));
	}

	private CustomerProfilesClient client(AwsCredentialsProvider credentials, Tampering tampering) {
		return CustomerProfilesClient.builder()
			.endpointOverride(service)
			.region(Region.EU_CENTRAL_1)
			.credentialsProvider(credentials)
			.overrideConfiguration(override -> override.retryStrategy(AwsRetryStrategy.doNotRetry()))
			.httpClient(new TamperingHttpClient(ApacheHttpClient.create(), tampering))
			.build();
	}

	/**
	 * What is changed in a request that is signed already.
	 */
	private record Tampering(UnaryOperator<SdkHttpRequest.Builder> request, UnaryOperator<String> body) {

		static final Tampering NONE = of(request -> request);

		static Tampering of(UnaryOperator<SdkHttpRequest.Builder> request) {
			return new Tampering(request, body -> body);
		}

		HttpExecuteRequest apply(HttpExecuteRequest signed) {
			var builder = request.apply(signed.httpRequest().toBuilder());
			var content = signed.contentStreamProvider().map(this::changed);
			content.ifPresent(bytes -> builder.putHeader("Content-Length", Integer.toString(bytes.length)));
			return HttpExecuteRequest.builder()
				.request(builder.build())
				.contentStreamProvider(
						content.<ContentStreamProvider>map(bytes -> () -> new ByteArrayInputStream(bytes)).orElse(null))
				.build();
		}

		private byte[] changed(ContentStreamProvider content) {
			try (var stream = content.newStream()) {
				return body.apply(new String(stream.readAllBytes(), StandardCharsets.UTF_8))
					.getBytes(StandardCharsets.UTF_8);
			}
			catch (IOException failure) {
				throw new UncheckedIOException(failure);
			}
		}

	}

	private record TamperingHttpClient(SdkHttpClient client, Tampering tampering) implements SdkHttpClient {

		@Override
		public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
			return client.prepareRequest(tampering.apply(request));
		}

		@Override
		public String clientName() {
			return client.clientName();
		}

		@Override
		public void close() {
			client.close();
		}

	}

}
