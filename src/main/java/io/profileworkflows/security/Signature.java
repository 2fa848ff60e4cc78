package io.profileworkflows.security;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * What the Authorization header of a signed request says.
 *
 * @param scopeDate the day for which the signature's key was derived, as yyyyMMdd
 */
record Signature(String accessKeyId, String scopeDate, String region, String service, List<String> signedHeaders,
		String value) {

	static final String ALGORITHM = "AWS4-HMAC-SHA256";

	private static final Pattern CREDENTIAL = Pattern.compile("([^/]+)/(\\d{8})/([^/]+)/([^/]+)/aws4_request");

	private static final Pattern VALUE = Pattern.compile("[0-9a-f]{64}");

	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmssX", Locale.ROOT)
		.withZone(ZoneOffset.UTC);

	/**
	 * @throws Refused when something is missing
	 */
	static Signature parse(String authorization) {
		var parts = partsOf(authorization);
		var credential = CREDENTIAL.matcher(parts.getOrDefault("Credential", ""));
		if (!credential.matches()) {
			throw Refused
				.incomplete("Authorization needs Credential={access key}/{date}/{region}/profile/aws4_request");
		}
		var signedHeaders = parts.getOrDefault("SignedHeaders", "");
		if (signedHeaders.isEmpty()) {
			throw Refused.incomplete("Authorization needs SignedHeaders={names in lower case, with ; between them}");
		}
		var value = parts.getOrDefault("Signature", "");
		if (!VALUE.matcher(value).matches()) {
			throw Refused.incomplete("Authorization needs Signature={64 hex digits}");
		}
		return new Signature(credential.group(1), credential.group(2), credential.group(3), credential.group(4),
				List.copyOf(new TreeSet<>(Arrays.asList(signedHeaders.split(";")))), value);
	}

	private static Map<String, String> partsOf(String authorization) {
		var parts = new HashMap<String, String>();
		for (var part : authorization.substring(ALGORITHM.length()).split(",")) {
			var pair = part.strip().split("=", 2);
			if (pair.length != 2 || parts.put(pair[0], pair[1]) != null) {
				throw Refused.incomplete("Authorization needs Credential=..., SignedHeaders=..., Signature=...");
			}
		}
		return parts;
	}

	/** Names the signature. Two keys with the same secret sign alike. */
	String digest() {
		return Digests.sha256("%s %s".formatted(accessKeyId, value).getBytes(StandardCharsets.US_ASCII));
	}

	/** Without the signature, which is good for minutes. */
	@Override
	public String toString() {
		return "Signature[accessKeyId=%s, scopeDate=%s]".formatted(accessKeyId, scopeDate);
	}

	/**
	 * Reads the time of a signature, as in 20261124T120000Z.
	 * @throws Refused when it is none, or not of the day of the scope
	 */
	Instant timeOf(@Nullable String date) {
		try {
			if (date != null && date.startsWith(scopeDate)) {
				return TIME.parse(date, Instant::from);
			}
		}
		catch (DateTimeException _) {
			// said below, like a time of another day
		}
		throw Refused.incomplete("X-Amz-Date must be the time of the signature as yyyyMMddTHHmmssZ, "
				+ "on the day that Credential names");
	}

}
