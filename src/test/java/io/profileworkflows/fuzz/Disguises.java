package io.profileworkflows.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;

/**
 * What may go wrong with everything around a document: method, path, query and headers.
 */
final class Disguises {

	static final List<BiFunction<RawRequest, Random, RawRequest>> ALL = List.of(Disguises::changePart,
			Disguises::changePart, Disguises::changeTarget, Disguises::extendTarget, Disguises::addParameter,
			Disguises::addParameter, Disguises::changeMethod, Disguises::changeHeader, Disguises::changeHeader,
			Disguises::changeCredentials);

	private static final List<String> PARTS = List.of("", ".", "..", "%2e%2e", "%2F", "%252F", "%25", "%", "%zz", "%00",
			"%0d%0aX:y", "%ff", "%c0%af", "%F0%9F%98%80", "é", "a;b=c", ";", "+", "*", "a%5cb", "[x]", "{x}", "a|b",
			"x".repeat(64), "x".repeat(65), "x".repeat(3000), Stock.NOBODY, "F".repeat(32), "integrations", "pause",
			"arn:aws:profile", "arn:aws:profile:eu-central-1:123456789012:domains%2Fx%2Fworkflows%2Fy", "other-fuzz");

	private static final List<String> ENDS = List.of("/", "//", ".json", ".yaml", ";x", ";x=y", "/..", "/%2e", "?",
			"??", "?&&&", "?=", "?%zz", "?%00=%00", "#x", "/steps", "/history", "/workflows", "%20");

	private static final List<String> PARAMETERS = List.of("max-results", "next-token", "status", "phase", "tag",
			"flow-name", "connector", "requester", "domain", "created-from", "created-to", "updated-from", "updated-to",
			"sort", "dry-run", "confirm-adopted", "tagKeys", "_method", "X-Amz-Signature", "unknown", "%ff");

	private static final List<String> PARAMETER_VALUES = List.of("", "0", "1", "101", "-1", "1e3", "2147483648", "true",
			"TRUE", "yes", "%zz", "%00", "%ff", "%F0%9F%98%80", "a%2Cb", "FAILED", "failed", "team:crm", ":", "a:",
			"2031-01-01T00:00:00Z", "2031-01-01T00:00:00+02:00", "2031-02-30T00:00:00Z", "-1000000000000",
			"+999999999-12-31T23:59:59Z", "%25", "_", "x".repeat(1025), "%27%3B--", "created", "NaN");

	private static final List<String> METHODS = List.of("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS",
			"TRACE", "PROPFIND", "get", "QUERY", "A".repeat(100));

	private static final List<String> HEADERS = List.of("Accept", "If-None-Match", "If-Match", "If-Modified-Since",
			"Prefer", "Last-Event-ID", "Idempotency-Key", "amz-sdk-invocation-id", "amz-sdk-request", "Range", "Host",
			"Origin", "Cookie", "Expect", "X-Forwarded-Host", "X-Forwarded-Prefix", "X-HTTP-Method-Override",
			"Accept-Language", "Accept-Charset", "x-amz-date", "x-amz-content-sha256", "traceparent", "baggage",
			"Content-Language", "Upgrade", "x-amzn-RequestId");

	private static final List<String> HEADER_VALUES = List.of("", " ", "*", "*/*", "a", "é", "\"", "\"3\"", "W/\"3\"",
			"\"3", "text/html", "application/yaml;q=0.5, */*;q=0.1", "application/json;q=2", "wait=0", "wait=-1",
			"wait=\"0\", wait=1", "text/event-stream;q=0.1, application/json", "/", ";;;", ",,,", "bytes=0-1", "0",
			"-1", "99999999999999999999", "100-continue", "\u0001", "x".repeat(256), "x".repeat(4000), "de, *;q=x",
			"null", "00-00000000000000000000000000000000-0000000000000000-00", "a=b; c", "http://evil.example",
			"localhost:x", "DELETE", "h2c", "text/event-stream");

	private static final List<String> CREDENTIALS = List.of("", "Bearer", "Bearer ", "Bearer a.b.c", "Bearer é",
			"Basic YTpi", "Digest x", "AWS4-HMAC-SHA256", "AWS4-HMAC-SHA256 x=y", "AWS4-ECDSA-P256-SHA256 x",
			"AWS4-HMAC-SHA256 Credential=a/20261124/eu-central-1/profile/aws4_request, SignedHeaders=host, Signature="
					+ "0".repeat(64),
			"AWS4-HMAC-SHA256 Credential=a/20261124/us-east-1/profile/aws4_request, SignedHeaders=;;, Signature="
					+ "0".repeat(64),
			"AWS4-HMAC-SHA256 Credential=a/b/c/d/e, SignedHeaders=host, Signature=x", "bearer x", "Bearer x, Bearer y");

	private static final String SIGNS = "%/?&=;.:\\\"<>^`{}|~$@";

	private Disguises() {
	}

	/** One part of a path is another. */
	private static RawRequest changePart(RawRequest request, Random random) {
		var path = request.target().split("\\?", 2);
		var parts = new ArrayList<>(List.of(path[0].split("/", -1)));
		parts.set(1 + random.nextInt(parts.size() - 1), Values.oneOf(PARTS, random));
		return request.withTarget(String.join("/", parts) + (path.length > 1 ? "?" + path[1] : ""));
	}

	private static RawRequest changeTarget(RawRequest request, Random random) {
		var target = new StringBuilder(request.target());
		var place = 1 + random.nextInt(target.length());
		if (random.nextBoolean() && place < target.length()) {
			target.deleteCharAt(place);
		}
		else {
			target.insert(place, SIGNS.charAt(random.nextInt(SIGNS.length())));
		}
		return request.withTarget(target.toString());
	}

	private static RawRequest extendTarget(RawRequest request, Random random) {
		return request.withTarget(request.target() + Values.oneOf(ENDS, random));
	}

	private static RawRequest addParameter(RawRequest request, Random random) {
		var more = new StringBuilder(request.target());
		for (int times = random.nextInt(20) == 0 ? 200 : 1 + random.nextInt(2); times > 0; times--) {
			more.append(more.indexOf("?") < 0 ? '?' : '&')
				.append(Values.oneOf(PARAMETERS, random))
				.append('=')
				.append(Values.oneOf(PARAMETER_VALUES.subList(0, times > 2 ? 3 : PARAMETER_VALUES.size()), random));
		}
		return request.withTarget(more.toString());
	}

	private static RawRequest changeMethod(RawRequest request, Random random) {
		return request.withMethod(Values.oneOf(METHODS, random));
	}

	private static RawRequest changeHeader(RawRequest request, Random random) {
		var name = Values.oneOf(HEADERS, random);
		var value = Values.oneOf(HEADER_VALUES, random);
		return random.nextInt(3) == 0 ? request.and(name, value) : request.with(name, value);
	}

	private static RawRequest changeCredentials(RawRequest request, Random random) {
		var credentials = Values.oneOf(CREDENTIALS, random);
		return switch (random.nextInt(4)) {
			case 0 -> request.without("Authorization");
			case 1 -> request.and("Authorization", credentials);
			default -> request.with("Authorization", credentials);
		};
	}

}
