package io.profileworkflows.simulator;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Takes one request from the wire: writes it down, applies limit and fault, answers. What
 * the log says of a call is written before the client can see its outcome.
 */
final class WireHandler implements HttpHandler {

	private static final System.Logger log = System.getLogger(WireHandler.class.getName());

	private static final DateTimeFormatter SIGNED_AT = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'")
		.withZone(ZoneOffset.UTC);

	private final Operations operations;

	private final Faults faults;

	private final CallLog calls;

	private final RateLimit limit;

	private final SimulatorSettings settings;

	WireHandler(Operations operations, Faults faults, CallLog calls, RateLimit limit, SimulatorSettings settings) {
		this.operations = operations;
		this.faults = faults;
		this.calls = calls;
		this.limit = limit;
		this.settings = settings;
	}

	@Override
	public void handle(HttpExchange exchange) throws IOException {
		try (exchange) {
			var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
			Route route;
			try {
				route = Route.of(exchange.getRequestMethod(), exchange.getRequestURI());
			}
			catch (IllegalArgumentException _) {
				route = new Route(null, "", "", Map.of());
			}
			var call = new Conversation(exchange, route, body);
			call.take();
		}
		catch (InterruptedException _) {
			Thread.currentThread().interrupt();
		}
	}

	private static Map<String, List<String>> kept(Headers headers) {
		var kept = new TreeMap<String, List<String>>();
		headers.forEach((name, values) -> {
			var lower = name.toLowerCase(Locale.ROOT);
			if (!lower.equals("authorization") && !lower.equals("x-amz-security-token") && !lower.equals("cookie")) {
				kept.put(lower, List.copyOf(values));
			}
		});
		return kept;
	}

	private final class Conversation {

		private final HttpExchange exchange;

		private final Route route;

		private final String body;

		private final String requestId = UUID.randomUUID().toString();

		private final long number;

		Conversation(HttpExchange exchange, Route route, String body) {
			this.exchange = exchange;
			this.route = route;
			this.body = body;
			this.number = calls.arrive(arrived());
		}

		private Call arrived() {
			var create = route.operation() == Operation.CREATE_INTEGRATION_WORKFLOW;
			var subject = create || route.domainName().isEmpty() || route.subject().isEmpty() ? null : route.subject();
			return new Call(0, settings.clock().instant(), exchange.getRequestMethod(),
					exchange.getRequestURI().toString(), route.operation(),
					route.domainName().isEmpty() ? null : route.domainName(), create ? flowName() : null, subject,
					false, false, 0, requestId, null, exchange.getRemoteAddress().getAddress().getHostAddress(),
					kept(exchange.getRequestHeaders()));
		}

		private @Nullable String flowName() {
			try {
				return Json.textOrNull(
						Json.MAPPER.readTree(body).at("/IntegrationConfig/AppflowIntegration/FlowDefinition/FlowName"));
			}
			catch (JacksonException _) {
				return null;
			}
		}

		void take() throws IOException, InterruptedException {
			var operation = route.operation();
			if (operation == null) {
				answer(Refusal.unknownOperation().answer());
				return;
			}
			if (isStale()) {
				calls.become(number, call -> call.meets(Call.STALE));
				answer(Answer.error(403, "InvalidSignatureException", "Signature expired"));
				return;
			}
			if (!limit.lets(operation)) {
				calls.become(number, call -> call.meets(Call.RATE_LIMIT));
				answer(Answer.throttled(settings.retryAfter()));
				return;
			}
			var fault = faults.take(operation);
			if (fault == null) {
				answer(act(operation));
				return;
			}
			calls.become(number, call -> call.meets(fault.kind().name()));
			suffer(operation, fault);
		}

		private boolean isStale() {
			var signedAt = exchange.getRequestHeaders().getFirst("X-Amz-Date");
			var validFor = settings.signatureValidFor();
			return validFor != null && signedAt != null
					&& SIGNED_AT.parse(signedAt, Instant::from).plus(validFor).isBefore(settings.clock().instant());
		}

		private void suffer(Operation operation, Fault fault) throws IOException, InterruptedException {
			switch (fault.kind()) {
				case RESET_BEFORE -> drop();
				case RESET_AFTER -> {
					act(operation);
					drop();
				}
				case RESET_THEN_ACT -> {
					drop();
					pause(fault.delay());
					act(operation);
				}
				case ERROR_500_BEFORE -> answer(Answer.internalError());
				case ERROR_500_AFTER -> {
					act(operation);
					answer(Answer.internalError());
				}
				case DELAY_BEFORE -> {
					pause(fault.delay());
					answer(act(operation));
				}
				case DELAY_AFTER -> {
					var late = act(operation);
					pause(fault.delay());
					answer(late);
				}
				case THROTTLE_429 -> answer(Answer.throttled(settings.retryAfter()));
				case INVALID_TOKEN_400 ->
					answer(Answer.error(400, "BadRequestException", "The NextToken is not valid"));
				case ACCESS_DENIED_403 -> answer(Answer.callDenied(operation, settings.accountId()));
				case EXPIRED_TOKEN_403 -> answer(Answer.error(403, "ExpiredTokenException",
						"The security token included in the request is expired"));
				case UNRECOGNIZED_CLIENT_403 -> answer(Answer.error(403, "UnrecognizedClientException",
						"The security token included in the request is invalid."));
				case INVALID_SIGNATURE_403 -> answer(Answer.error(403, "InvalidSignatureException",
						"The request signature we calculated does not match the signature you provided. "
								+ "Check your AWS Secret Access Key and signing method."));
				case HTML_503 -> answer(Answer.html503());
				case GARBAGE_200 -> {
					act(operation);
					answer(Answer.garbage());
				}
				case NO_ID_200 -> {
					act(operation);
					answer(Answer.withoutContent());
				}
			}
		}

		private Answer act(Operation operation) {
			try {
				var result = operations.carryOut(operation, route, body);
				var made = Json.textOrNull(result.path("WorkflowId"));
				calls.become(number, call -> call.actsOn(call.isCreate() ? made : call.workflowId()));
				return Answer.ok(result);
			}
			catch (Refusal failure) {
				return failure.answer();
			}
			catch (RuntimeException failure) {
				log.log(Level.ERROR, "The simulator broke at %s".formatted(operation.wireName()), failure);
				return Answer.internalError();
			}
		}

		/**
		 * Without an answer the connection ends: the client reads the end of the stream.
		 */
		private void drop() {
			calls.become(number, Call::isLeftWithoutAnswer);
			exchange.close();
		}

		private void answer(Answer answer) throws IOException {
			calls.become(number, call -> call.isAnswered(answer.status()));
			try {
				exchange.getResponseHeaders().set("x-amzn-RequestId", requestId);
				Wire.write(exchange, answer);
			}
			catch (IOException failure) {
				calls.become(number, Call::isLeftWithoutAnswer);
				throw failure;
			}
		}

		/**
		 * In real time, whatever the clock of the account says: clients wait in real
		 * time.
		 */
		private void pause(Duration delay) throws InterruptedException {
			Thread.sleep(delay);
		}

	}

}
