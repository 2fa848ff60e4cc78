package io.profileworkflows.simulator;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;

/**
 * As much of IAM, KMS and S3 as a look at what a request names needs. Nothing is kept:
 * all is there, save what its name says is not.
 */
final class Neighbours implements HttpHandler {

	private static final String XML = "text/xml";

	private static final String TRUST = """
			{"Version": "2012-10-17", "Statement": [
			  {"Effect": "Allow", "Principal": {"Service": "%s"}, "Action": "sts:AssumeRole"}]}
			""";

	private static final String ROLE = """
			<GetRoleResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><GetRoleResult><Role>
			<Path>/</Path><RoleName>%1$s</RoleName><RoleId>AROAEXAMPLE</RoleId><Arn>arn:aws:iam::%2$s:role/%1$s</Arn>
			<CreateDate>2024-01-01T00:00:00Z</CreateDate><AssumeRolePolicyDocument>%3$s</AssumeRolePolicyDocument>
			</Role></GetRoleResult><ResponseMetadata><RequestId>%4$s</RequestId></ResponseMetadata></GetRoleResponse>
			""";

	private static final String ERROR = """
			<ErrorResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><Error><Type>Sender</Type><Code>%s</Code>
			<Message>%s</Message></Error><RequestId>%s</RequestId></ErrorResponse>
			""";

	private final SimulatorSettings settings;

	Neighbours(SimulatorSettings settings) {
		this.settings = settings;
	}

	/** Customer Profiles has neither operation at the root nor any HEAD. */
	static boolean areMeant(HttpExchange exchange) {
		return exchange.getRequestMethod().equals("HEAD")
				|| (exchange.getRequestMethod().equals("POST") && exchange.getRequestURI().getPath().equals("/"));
	}

	@Override
	public void handle(HttpExchange exchange) throws IOException {
		try (exchange) {
			var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
			var target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
			Wire.write(exchange, exchange.getRequestMethod().equals("HEAD") ? bucket(exchange.getRequestURI())
					: (target != null) ? kms(target, body) : iam(body));
		}
	}

	private Answer iam(String body) {
		var form = Route.parametersOf(URI.create("/?" + body));
		var name = form.getOrDefault("RoleName", List.of("")).getFirst();
		if (!form.getOrDefault("Action", List.of("")).contains("GetRole")) {
			return iamError(400, "InvalidAction", "Could not find operation");
		}
		if (name.startsWith("missing")) {
			return iamError(404, "NoSuchEntity", "The role with name %s cannot be found.".formatted(name));
		}
		if (name.startsWith("hidden")) {
			return iamError(403, "AccessDenied",
					"User is not authorized to perform: iam:GetRole on %s".formatted(name));
		}
		var trust = TRUST.formatted(name.startsWith("untrusting") ? "ec2.amazonaws.com" : "profile.amazonaws.com");
		return new Answer(200, XML,
				ROLE.formatted(name, settings.accountId(),
						URLEncoder.encode(trust, StandardCharsets.UTF_8).replace("+", "%20"), UUID.randomUUID()),
				Map.of());
	}

	private static Answer iamError(int status, String code, String message) {
		return new Answer(status, XML, ERROR.formatted(code, message, UUID.randomUUID()), Map.of());
	}

	private Answer kms(String target, String body) {
		var id = Json.text(Checks.body(body).path("KeyId"));
		if (!target.equals("TrentService.DescribeKey")) {
			return kmsError("UnknownOperationException", "There is no " + target);
		}
		if (id.contains("missing")) {
			return kmsError("NotFoundException", "Key '%s' does not exist".formatted(id));
		}
		if (id.contains("hidden")) {
			return kmsError("AccessDeniedException", "User is not authorized to perform: kms:DescribeKey on " + id);
		}
		var arn = id.contains("alias/") ? settings.encryptionKey() : id;
		var answer = Json.object();
		answer.putObject("KeyMetadata")
			.put("KeyId", arn.substring(arn.lastIndexOf('/') + 1))
			.put("Arn", arn)
			.put("KeyState", id.contains("disabled") ? "Disabled" : "Enabled")
			.put("KeyUsage", "ENCRYPT_DECRYPT")
			.put("KeySpec", "SYMMETRIC_DEFAULT");
		return Answer.ok(answer);
	}

	private static Answer kmsError(String type, String message) {
		return new Answer(400, "application/x-amz-json-1.1",
				Json.MAPPER.writeValueAsString(Json.object().put("__type", type).put("message", message)), Map.of());
	}

	private Answer bucket(URI path) {
		var name = path.getPath().substring(1);
		var elsewhere = name.startsWith("elsewhere");
		var region = Map.of("x-amz-bucket-region", elsewhere ? "us-east-1" : settings.region());
		if (name.startsWith("missing")) {
			return new Answer(404, "application/xml", "", Map.of());
		}
		return new Answer(elsewhere ? 301 : name.startsWith("hidden") ? 403 : 200, "application/xml", "", region);
	}

}
