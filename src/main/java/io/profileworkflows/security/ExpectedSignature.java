package io.profileworkflows.security;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.regex.Pattern;

import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.signer.Aws4Signer;
import software.amazon.awssdk.auth.signer.params.Aws4SignerParams;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.regions.Region;

/**
 * Signs a request again, as a client with the secret would have: with the signer of AWS's
 * own SDK, which is the one that clients use.
 */
final class ExpectedSignature {

	private static final Pattern IN_HEADER = Pattern.compile("Signature=([0-9a-f]{64})$");

	private ExpectedSignature() {
	}

	/**
	 * @param request with no more headers than are signed, the date among them
	 */
	static String of(SignedRequest request, Signature scope, Instant time, Secret secret) {
		var signed = sign(sdkRequest(request), parameters(scope, time, secret));
		var value = IN_HEADER.matcher(signed.firstMatchingHeader("Authorization").orElse(""));
		if (!value.find()) {
			throw new IllegalStateException("The SDK's signer has not signed");
		}
		return value.group(1);
	}

	/**
	 * The newer signer, AwsV4HttpSigner, cannot serve: it adds x-amz-content-sha256 to
	 * what is signed, which the AWS CLI does not send.
	 */
	@SuppressWarnings("deprecation")
	private static SdkHttpFullRequest sign(SdkHttpFullRequest request, Aws4SignerParams parameters) {
		return Aws4Signer.create().sign(request, parameters);
	}

	private static Aws4SignerParams parameters(Signature scope, Instant time, Secret secret) {
		return Aws4SignerParams.builder()
			.awsCredentials(AwsBasicCredentials.create(scope.accessKeyId(), secret.value()))
			.signingRegion(Region.of(scope.region()))
			.signingName(scope.service())
			.signingClockOverride(Clock.fixed(time, ZoneOffset.UTC))
			// only S3 signs a path as it is; clients encode that of all others once more
			.doubleUrlEncode(true)
			// what is no normal path never comes as far as this
			.normalizePath(false)
			.build();
	}

	private static SdkHttpFullRequest sdkRequest(SignedRequest request) {
		var builder = SdkHttpFullRequest.builder()
			.method(SdkHttpMethod.fromValue(request.method()))
			.encodedPath(request.path())
			.contentStreamProvider(() -> request.body().stream());
		SignedRequest.parametersOf(request.query()).forEach(builder::putRawQueryParameter);
		request.headers().forEach(builder::putHeader);
		// with the port in it, if the client has one there: the signer adds none of https
		return builder.protocol("https").host(request.header("host")).build();
	}

}
