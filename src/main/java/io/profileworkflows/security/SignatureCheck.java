package io.profileworkflows.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

import io.profileworkflows.deployment.Deployment;

import org.springframework.stereotype.Component;

/**
 * Finds out who signed a request, by Signature Version 4 as AWS checks it.
 */
@Component
class SignatureCheck {

	static final String DATE = "x-amz-date";

	private static final String HOST = "host";

	private static final String SERVICE = "profile";

	private static final String BODY_HASH = "x-amz-content-sha256";

	static final Duration SKEW = Duration.ofMinutes(5);

	/** Headers that change what a request does. */
	private static final Set<String> MEANINGFUL = Set.of("idempotency-key", "amz-sdk-invocation-id", "if-match");

	private final AccessKeys keys;

	private final Deployment deployment;

	private final Clock clock;

	SignatureCheck(AccessKeys keys, Deployment deployment, Clock clock) {
		this.keys = keys;
		this.deployment = deployment;
		this.clock = clock;
	}

	/**
	 * All that can be said without the body, so that nobody's body is kept who has no
	 * key.
	 * @throws Refused when it is not signed in the name of a key of this service, for
	 * this service, now
	 */
	AccessKeys.Known admit(Signature signature, SignedRequest request) {
		checkScope(signature);
		checkTime(signature.timeOf(request.header(DATE)));
		checkSignedHeaders(signature, request);
		return keys.find(signature.accessKeyId()).orElseThrow(Refused::unknownKey);
	}

	/**
	 * @param key that the signature was {@link #admit admitted} with
	 * @throws Refused when it is not signed with that
	 */
	Caller verify(Signature signature, SignedRequest request, AccessKeys.Known key) {
		checkBodyHash(request);
		var expected = ExpectedSignature.of(request.withHeaders(signature.signedHeaders()), signature,
				signature.timeOf(request.header(DATE)), key.secret());
		if (!MessageDigest.isEqual(bytes(expected), bytes(signature.value()))) {
			throw Refused.signature("The signature is not that of this request: the secret access key may be wrong, or "
					+ "the request was changed on its way");
		}
		return keys.ownerOf(signature.accessKeyId(), key);
	}

	private void checkScope(Signature signature) {
		if (deployment.isAnotherRegion(signature.region())) {
			throw Refused.signature("The request is signed for Region %s, but this service is in %s: set --region"
				.formatted(signature.region(), deployment.region()));
		}
		if (!signature.service().equals(SERVICE)) {
			throw Refused.signature(
					"The request is signed for service %s, but this is %s".formatted(signature.service(), SERVICE));
		}
	}

	private void checkTime(Instant time) {
		var now = clock.instant();
		if (time.isBefore(now.minus(SKEW))) {
			throw Refused.signature("Signature expired: %s is more than 5 minutes before %s".formatted(time, now));
		}
		if (time.isAfter(now.plus(SKEW))) {
			throw Refused
				.signature("Signature not yet current: %s is more than 5 minutes after %s".formatted(time, now));
		}
	}

	/** Without the host, a signature would be good at any other service as well. */
	private static void checkSignedHeaders(Signature signature, SignedRequest request) {
		if (!signature.signedHeaders().contains(HOST)) {
			throw Refused.signature("The header host must be among SignedHeaders");
		}
		request.headers()
			.keySet()
			.stream()
			.filter(name -> MEANINGFUL.contains(name) || name.startsWith("x-amz-"))
			.filter(name -> !signature.signedHeaders().contains(name))
			.findFirst()
			.ifPresent(name -> {
				throw Refused.signature("The header %s must be among SignedHeaders".formatted(name));
			});
	}

	private static void checkBodyHash(SignedRequest request) {
		var hash = request.header(BODY_HASH);
		if (hash == null) {
			return;
		}
		if (hash.equals("UNSIGNED-PAYLOAD") || hash.startsWith("STREAMING-")) {
			throw Refused.signature("%s is not accepted: the whole body must be signed"
				.formatted(hash.startsWith("STREAMING-") ? "A streaming signature" : hash));
		}
		if (!hash.equals(request.body().sha256())) {
			throw Refused.signature("%s is not that of the body that arrived".formatted(BODY_HASH));
		}
	}

	private static byte[] bytes(String hex) {
		return hex.getBytes(StandardCharsets.US_ASCII);
	}

}
