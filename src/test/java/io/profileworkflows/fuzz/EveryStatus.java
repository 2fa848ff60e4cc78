package io.profileworkflows.fuzz;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

import io.profileworkflows.integration.DocumentReader;
import io.profileworkflows.workflow.web.ApiPage.Described;

/**
 * For an operation, requests that are answered with the status codes which chance does
 * not reach, or not for sure.
 */
class EveryStatus {

	private static final Set<String> BULK_ACTIONS = Set.of("RetryWorkflows", "DeleteWorkflows", "TagWorkflows");

	private static final Set<String> OF_OPERATIONS = Set.of("GetOperation", "CancelOperation", "ListOperationItems");

	private final Stock stock;

	private final Function<RawRequest, RawAnswer> send;

	private final String stranger;

	private int number;

	/**
	 * @param send on behalf of somebody who may do everything
	 * @param stranger credentials of somebody who may do nothing in the domain
	 */
	EveryStatus(Stock stock, Function<RawRequest, RawAnswer> send, String stranger) {
		this.stock = stock;
		this.send = send;
		this.stranger = stranger;
	}

	/** By status code, each to be sent once. */
	Map<Integer, RawRequest> of(Described operation) {
		var plain = succeeding(operation);
		var all = new LinkedHashMap<Integer, RawRequest>();
		if (operation.response(508) != null) {
			all.put(508, plain.with("x-profile-workflows-hop", "1"));
		}
		var most = operation.id().equals("BulkCreate") ? DocumentReader.MAX_BYTES_OF_MANY : DocumentReader.MAX_BYTES;
		all.put(413, signed(plain).withBody(new byte[most + 1]));
		all.put(408, signed(plain).with("Content-Length", "9").withBody("{"));
		all.put(406, plain.with("Accept", "image/png"));
		all.put(403, plain.with("Authorization", ""));
		all.put(401, plain.with("Authorization", "Bearer a.b.c"));
		if (operation.response(404) != null) {
			// a stranger to all domains, and to all that others have started
			all.put(404, plain.with("Authorization", stranger));
		}
		if (ValidRequests.hasDocument(operation)) {
			all.put(415, plain.with("Content-Type", "text/plain"));
		}
		if (operation.response(412) != null) {
			all.put(412, succeeding(operation).with("If-Match", "\"none\""));
		}
		all.put(400, malformed(operation, plain));
		all.put(Stream.of(202, 201).filter(status -> operation.response(status) != null).findFirst().orElse(200),
				plain);
		all.putAll(others(operation, plain));
		return all;
	}

	/** Read up to its end, since it is signed in the name of a key that there is. */
	private static RawRequest signed(RawRequest plain) {
		var now = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC).format(Instant.now());
		return plain.with("X-Amz-Date", now)
			.with("Authorization", "AWS4-HMAC-SHA256 Credential=AKSUBMITTER/%s/eu-central-1/profile/aws4_request, "
				.formatted(now.substring(0, 8)) + "SignedHeaders=host;x-amz-date, Signature=" + "0".repeat(64));
	}

	/** One that would succeed, if its database were there. */
	RawRequest succeeding(Described operation) {
		var id = switch (operation.id()) {
			case "AdoptWorkflow", "ResubmitWorkflow", "GiveUpWorkflow" -> stock.inReview();
			case "RetryWorkflow" -> stock.rejected();
			case "StartFlow", "StopFlow" -> stock.complete();
			case "GetSubscription", "DeleteSubscription", "TestSubscription", "RotateSecret", "SwitchOnSubscription",
					"ListDeliveries", "Redeliver" ->
				stock.subscription();
			default -> stock.accepted();
		};
		var plain = ValidRequests.plain(operation, id, "constructed-" + ++number);
		if (BULK_ACTIONS.contains(operation.id())) {
			return started(plain);
		}
		if (OF_OPERATIONS.contains(operation.id())) {
			return plain.withTarget(plain.target().replace(Stock.NOBODY, operation()));
		}
		return operation.id().equals("AdoptWorkflow") ? plain.withBody(adoption(stock.remoteOf(id))) : plain;
	}

	/** An action that was previewed. */
	private RawRequest started(RawRequest plain) {
		var path = plain.target() + "?domain=" + Stock.DOMAIN;
		return plain.withTarget(path + "&token=" + textOf("Token", send.apply(plain.withTarget(path + "&preview"))));
	}

	/** The id of one that was started. */
	private String operation() {
		return textOf("OperationId", send.apply(started(RawRequest.of("POST", "/bulk/retry"))));
	}

	private static String textOf(String member, RawAnswer answer) {
		return answer.text().replaceAll("(?s).*\"%s\":\"(\\w+)\".*".formatted(member), "$1");
	}

	private static RawRequest malformed(Described operation, RawRequest plain) {
		if (ValidRequests.hasDocument(operation)) {
			return plain.withBody("{");
		}
		var other = plain.target().replace(Stock.DOMAIN, "a.b").replaceFirst("^/tags/[^?]*", "/tags/arn");
		return plain.withTarget(other.equals(plain.target()) ? other + "?sort=x" : other);
	}

	private Map<Integer, RawRequest> others(Described operation, RawRequest plain) {
		return switch (operation.id()) {
			case "CreateIntegrationWorkflow" -> othersOfCreate(plain);
			case "GetWorkflow" -> othersOfGet(plain, operation);
			case "ListTagsForResource" ->
				Map.of(304, plain.with("If-None-Match", send.apply(plain).headers().getOrDefault("ETag", "")));
			case "RetryWorkflows", "DeleteWorkflows", "TagWorkflows" ->
				Map.of(200, plain.withTarget(plain.target().replaceFirst("&token=.*", "&preview")), 409,
						plain.withTarget(plain.target().replaceFirst("&token=.*", "&token=" + Stock.NOBODY)));
			case "DeleteWorkflow" -> Map.of(409, ValidRequests.plain(operation, stock.adopted(), ""));
			case "AdoptWorkflow" ->
				Map.of(409, ValidRequests.plain(operation, stock.inReview(), "").withBody(adoption(Stock.NOBODY)));
			case "RetryWorkflow" -> Map.of(409, ValidRequests.plain(operation, stock.accepted(), ""));
			case "ResubmitWorkflow", "GiveUpWorkflow" ->
				Map.of(409, ValidRequests.plain(operation, stock.accepted(), "nothing to decide"));
			case "CreateSubscription" -> Map.of(409, plain.withBody(subscriptionNamedAs(stock.subscription())));
			case "TestSubscription" -> Map.of(409, ValidRequests.plain(operation, stock.subscriptionThatIsOff(), ""));
			case "RotateSecret" -> Map.of(409, ValidRequests.plain(operation, stock.subscriptionOfAnEventBus(), ""));
			case "StartFlow", "StopFlow" ->
				Map.of(409, ValidRequests.plain(operation, stock.accepted(), "no flow yet"));
			default -> Map.of();
		};
	}

	private Map<Integer, RawRequest> othersOfCreate(RawRequest plain) {
		var flow = "constructed-" + ++number;
		var first = plain.with("Idempotency-Key", flow).withBody(plain.text().replaceAll("constructed-\\d+", flow));
		send.apply(first);
		var second = first.withBody(first.text().replaceFirst("(\"ObjectTypeName\" ?: ?\")[^\"]*", "$1Another"));
		return Map.of(200, plain.withTarget(plain.target() + "?dry-run=true"), 422, second, 409,
				second.without("Idempotency-Key"));
	}

	private Map<Integer, RawRequest> othersOfGet(RawRequest plain, Described operation) {
		var tag = send.apply(plain).headers().getOrDefault("ETag", "");
		var stream = ValidRequests.plain(operation, stock.cancelled(), "").with("Accept", "text/event-stream");
		var events = send.apply(stream).text();
		return Map.of(304, plain.with("If-None-Match", tag), 204,
				stream.with("Last-Event-ID", events.replaceAll("(?s).*\nid: (\\d+)\n.*", "$1")));
	}

	/** The names of those in stock are their ids. */
	private static String subscriptionNamedAs(Object id) {
		return "{\"Name\": \"%s\", \"Url\": \"https://hooks.example.com/\"}".formatted(id);
	}

	private static String adoption(String remoteId) {
		return "{\"RemoteWorkflowId\": \"%s\", \"Reason\": \"constructed\"}".formatted(remoteId);
	}

}
