package io.profileworkflows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

import io.profileworkflows.integration.Sample;
import io.profileworkflows.simulator.Fault;
import io.profileworkflows.simulator.Operation;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

/**
 * The real AWS CLI, with {@code --endpoint-url} pointing here. What each of its options
 * comes to is written down in docs/cli-options.md, which names these tests.
 */
@ServiceTest
class AwsCliTests {

	private static final JsonMapper JSON = new JsonMapper();

	private static final YAMLMapper YAML = new YAMLMapper();

	/** What the CLI ends with when the service refused. */
	private static final int REFUSED = 254;

	@TempDir
	private static Path home;

	private static AwsCli aws;

	private final int port;

	private final URI service;

	private final Curl curl;

	private final JdbcClient jdbc;

	AwsCliTests(@LocalServerPort int port, @Autowired JdbcClient jdbc) {
		this.port = port;
		this.jdbc = jdbc;
		this.service = URI.create("http://127.0.0.1:" + port);
		this.curl = new Curl(port);
	}

	@BeforeAll
	static void findTheCli() {
		var found = AwsCli.find(home);
		assumeThat(found).as("an AWS CLI of version 2, in /usr/bin or on the PATH").isPresent();
		aws = found.orElseThrow();
	}

	@Test
	void createsFromJsonInput() {
		var created = aws.call(service, "create-integration-workflow", "--cli-input-json",
				"file://" + file(named("salesforce-complete.json", "cli-json")));

		assertThat(created.errors()).isEmpty();
		assertThat(created.exit()).isZero();
		var answer = JSON.readTree(created.output());
		assertThat(answer.propertyNames()).containsExactlyInAnyOrder("WorkflowId", "Message");
		awaitComplete("cli-json", answer.at("/WorkflowId").asString());
	}

	@Test
	void createsFromYamlInput() {
		var created = aws.call(service, "create-integration-workflow", "--cli-input-yaml",
				"file://" + file("cli-yaml.yaml", named("marketo-scheduled.yaml", "cli-yaml").yaml()), "--output",
				"yaml");

		assertThat(created.errors()).isEmpty();
		awaitComplete("cli-yaml", YAML.readTree(created.output()).at("/WorkflowId").asString());
	}

	@Test
	void createsFromSingleOptions() {
		var request = Sample.of("servicenow-on-demand.json").withText(Sample.FLOW + "/FlowName", "cli-options");

		var created = aws.call(service, "create-integration-workflow", "--domain-name", "cli-options",
				"--workflow-type", "APPFLOW_INTEGRATION", "--integration-config",
				JSON.readTree(request.bytes()).at("/IntegrationConfig").toString(), "--object-type-name",
				"ServiceNow-Incident", "--role-arn", "arn:aws:iam::123456789012:role/customer-profiles-ingest",
				"--tags", "team=itsm,cost-center=4712", "--query", "WorkflowId", "--output", "text");

		assertThat(created.errors()).isEmpty();
		var id = created.output().strip();
		awaitComplete("cli-options", id);
		var workflow = curl.get("/domains/cli-options/workflows/" + id).body();
		assertThat(workflow.at("/ObjectTypeName").asString()).isEqualTo("ServiceNow-Incident");
		assertThat(workflow.at("/Tags")).isEqualTo(JSON.readTree("{\"cost-center\": \"4712\", \"team\": \"itsm\"}"));
	}

	@Test
	void letsSingleOptionsOverrideTheInput() {
		var created = aws.call(service, "create-integration-workflow", "--cli-input-json",
				"file://" + file(named("salesforce-scheduled.json", "cli-override")), "--object-type-name",
				"Overridden", "--cli-binary-format", "raw-in-base64-out", "--no-cli-pager");

		assertThat(created.errors()).isEmpty();
		var id = JSON.readTree(created.output()).at("/WorkflowId").asString();
		assertThat(curl.get("/domains/cli-override/workflows/" + id).text("/ObjectTypeName")).isEqualTo("Overridden");
	}

	@Test
	void printsTheAnswerInEveryForm() {
		var json = createAndPrint("cli-output-json", "--output", "json");
		var text = createAndPrint("cli-output-text", "--output", "text");
		var table = createAndPrint("cli-output-table", "--output", "table", "--color", "off");
		var colours = createAndPrint("cli-output-colours", "--output", "table", "--color", "on");
		var yaml = createAndPrint("cli-output-yaml", "--output", "yaml");
		var stream = createAndPrint("cli-output-stream", "--output", "yaml-stream");

		assertThat(JSON.readTree(json).at("/WorkflowId").asString()).matches("[a-f0-9]{32}");
		assertThat(text.strip()).matches("[^\t]+\t[a-f0-9]{32}");
		assertThat(table).containsPattern("\\|  WorkflowId\\|  [a-f0-9]{32} ").doesNotContain("\u001B[");
		assertThat(colours).containsPattern("[a-f0-9]{32}").contains("\u001B[");
		assertThat(YAML.readTree(yaml).at("/WorkflowId").asString()).matches("[a-f0-9]{32}");
		assertThat(YAML.readTree(stream).at("/0/WorkflowId").asString()).matches("[a-f0-9]{32}");
	}

	@Test
	void asksForWhatTheQueryWants() {
		var id = curl.create("cli-query", named("salesforce-scheduled.json", "cli-query"));

		var cut = aws.call(service, "list-workflows", "--domain-name", "cli-query", "--query",
				"Items[?WorkflowType=='APPFLOW_INTEGRATION'].WorkflowId | [0]");

		assertThat(JSON.readTree(cut.output()).asString()).isEqualTo(id);
	}

	@Test
	void signsAsTheProfileForTheRegion() throws IOException {
		Files.writeString(home.resolve("credentials"), """
				[other]
				aws_access_key_id = AKIDOTHER
				aws_secret_access_key = secret
				""");
		try (var relay = Relay.to(port)) {
			var own = aws.with("AWS_ACCESS_KEY_ID", "").with("AWS_SECRET_ACCESS_KEY", "");
			var signed = own.call(relay.endpoint(), "list-workflows", "--domain-name", "cli-signed", "--profile",
					"other", "--region", "eu-west-3");
			var unsigned = own.call(relay.endpoint(), "list-workflows", "--domain-name", "cli-signed",
					"--no-sign-request");

			assertThat(signed.exit()).as(signed.errors()).isZero();
			assertThat(unsigned.exit()).as(unsigned.errors()).isZero();
			assertThat(relay.passed().getFirst().header("Authorization"))
				.matches("AWS4-HMAC-SHA256 Credential=AKIDOTHER/\\d{8}/eu-west-3/profile/aws4_request, .*");
			assertThat(relay.passed().getLast().header("Authorization")).isEmpty();
		}
	}

	@Test
	void trustsNoCertificateButTheOneItIsGiven() throws Exception {
		var keys = selfSigned();
		try (var relay = Relay.to(port, contextOf(keys))) {
			var listing = new String[] { "--domain-name", "cli-tls" };
			var distrusts = aws.with("AWS_MAX_ATTEMPTS", "1").call(relay.endpoint(), "list-workflows", listing);
			var trusts = aws.call(relay.endpoint(), "list-workflows", "--domain-name", "cli-tls", "--ca-bundle",
					certificateOf(keys).toString());
			var doesNotCare = aws.call(relay.endpoint(), "list-workflows", "--domain-name", "cli-tls",
					"--no-verify-ssl");

			assertThat(distrusts.errors()).contains("SSL validation failed");
			assertThat(trusts.exit()).as(trusts.errors()).isZero();
			assertThat(doesNotCare.exit()).as(doesNotCare.errors()).isZero();
			assertThat(relay.passed()).hasSize(2);
		}
	}

	@Test
	void mayGiveUpReadingAndSendAgainWithoutASecondWorkflow() throws IOException {
		var simulator = SimulatedAws.simulator();
		// the workflow must not end before the CLI asks again: not each version sends an
		// invocation id
		simulator.faults().always(Operation.CREATE_INTEGRATION_WORKFLOW, Fault.THROTTLE_429);
		try (var relay = Relay.to(port).withholding(1)) {
			var created = aws.call(relay.endpoint(), "create-integration-workflow", "--cli-input-json",
					"file://" + file(named("salesforce-scheduled.json", "cli-impatient")), "--cli-read-timeout", "3");
			simulator.faults().clear();

			assertThat(created.exit()).as(created.errors()).isZero();
			assertThat(relay.passed()).hasSizeGreaterThan(1).extracting(Relay.Passed::status).containsOnly(202);
			awaitComplete("cli-impatient", JSON.readTree(created.output()).at("/WorkflowId").asString());
			assertThat(curl.get("/workflows?domain=cli-impatient").body().at("/Items")).hasSize(1);
			assertThat(simulator.calls().createsOf("cli-impatient")).isOne();
		}
		finally {
			simulator.faults().clear();
		}
	}

	/** Members that AWS does not have are dropped by the CLI. */
	@Test
	void saysWhyAWorkflowDoesNotMove() {
		var domain = "cli-standstill";
		var faults = SimulatedAws.simulator().faults();
		pause(domain, "pause");
		var request = named("salesforce-scheduled.json", domain);
		var created = json("create-integration-workflow", "--cli-input-json", "file://" + file(request));
		var id = created.at("/WorkflowId").asString();

		assertThat(created.at("/Message").asString()).startsWith("The workflow is accepted with 1 warning: "
				+ "TriggerConfig/TriggerProperties/Scheduled/FirstExecutionFrom is before the end of Batches");
		awaitWords(domain, id, "Paused: nothing is sent to this domain since ", ", by anonymous: the sales org moves");
		try {
			faults.always(Operation.CREATE_INTEGRATION_WORKFLOW, Fault.ERROR_500_BEFORE);
			pause(domain, "resume");
			awaitWords(domain, id, "UNCONFIRMED: sent, but no clear answer came", "is being found out");
		}
		finally {
			faults.clear();
		}
		assertThat(aws.call(service, "delete-workflow", "--domain-name", domain, "--workflow-id", id).exit()).isZero();
		awaitWords(domain, id, "UNCONFIRMED: ", "; deletion is requested, and follows once that is known");
		jdbc.sql("update workflow set phase = 'NEEDS_REVIEW' where id = cast(? as uuid)").param(id).update();
		awaitWords(domain, id, "NEEDS_REVIEW: an operator has to decide",
				"; deletion is requested, and follows once that is known");
	}

	private void pause(String domain, String action) {
		var answer = curl.post("/domains/%s/%s".formatted(domain, action),
				"{ \"Reason\": \"the sales org moves\" }".getBytes(StandardCharsets.UTF_8), "Content-Type",
				"application/json");
		assertThat(answer.status()).isEqualTo(200);
	}

	private void awaitWords(String domain, String id, String begin, String end) {
		await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
			var shown = json("get-workflow", "--domain-name", domain, "--workflow-id", id);
			var listed = json("list-workflows", "--domain-name", domain);

			assertThat(shown.at("/ErrorDescription").asString("")).startsWith(begin).endsWith(end);
			assertThat(shown.at("/Status").asString("")).isEqualTo("NOT_STARTED");
			assertThat(listed.at("/Items/0/StatusDescription").asString("")).startsWith(begin).endsWith(end);
		});
	}

	@Test
	void givesUpConnectingWhenItShould() throws IOException {
		try (var full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			var waiting = occupy(full);
			try {
				var called = aws.with("AWS_MAX_ATTEMPTS", "1")
					.call(URI.create("http://127.0.0.1:" + full.getLocalPort()), "list-workflows", "--domain-name",
							"cli-connect", "--cli-connect-timeout", "1");

				assertThat(called.errors()).contains("Connect timeout on endpoint URL");
				assertThat(called.exit()).isNotZero();
			}
			finally {
				for (var connection : waiting) {
					connection.close();
				}
			}
		}
	}

	@Test
	void showsTheWholeAnswerWhenDebugging() {
		var called = aws.call(service, "get-workflow", "--domain-name", "cli-debug", "--workflow-id",
				"0123456789abcdef0123456789abcdef", "--debug");

		assertThat(called.exit()).isEqualTo(REFUSED);
		assertThat(called.errors()).contains("x-amzn-RequestId", "x-amzn-ErrorType", "application/problem+json");
	}

	@Test
	void leavesPagingToTheCaller() {
		var first = curl.create("cli-pages", named("salesforce-scheduled.json", "cli-pages-1"));
		var second = curl.create("cli-pages", named("salesforce-scheduled.json", "cli-pages-2"));

		var page = JSON
			.readTree(aws.call(service, "list-workflows", "--domain-name", "cli-pages", "--max-results", "1").output());
		var next = JSON.readTree(aws.call(service, "list-workflows", "--domain-name", "cli-pages", "--max-results", "1",
				"--no-paginate", "--next-token", page.at("/NextToken").asString())
			.output());

		assertThat(page.at("/Items").findValuesAsString("WorkflowId")).containsExactly(second);
		assertThat(next.at("/Items").findValuesAsString("WorkflowId")).containsExactly(first);
		assertThat(next.has("NextToken")).isFalse();
	}

	@Test
	void knowsEveryMemberOfTheSkeleton() throws IOException {
		try (var relay = Relay.to(port)) {
			var skeleton = aws.call(relay.endpoint(), "create-integration-workflow", "--generate-cli-skeleton",
					"yaml-input");

			assertThat(skeleton.exit()).as(skeleton.errors()).isZero();
			assertThat(relay.passed()).as("a skeleton needs no service").isEmpty();
			var checked = curl.post("/domains/cli-skeleton/workflows/integrations?dry-run=true",
					skeleton.output().replace("DomainName: ''", "").getBytes(StandardCharsets.UTF_8), "Content-Type",
					"application/yaml");
			assertThat(checked.body().at("/Violations")).isNotEmpty();
			assertThat(checked.body().at("/Violations").findValuesAsString("Message"))
				.noneMatch(message -> message.contains("not a known member"));
		}
	}

	@Test
	void promptsOnTerminalsOnly() throws IOException {
		try (var relay = Relay.to(port)) {
			var prompted = aws.call(relay.endpoint(), "list-workflows", "--domain-name", "cli-prompt",
					"--cli-auto-prompt");
			assertThat(prompted.exit()).isNotZero();
			assertThat(relay.passed()).as("nothing is sent before the prompt is answered").isEmpty();

			var unprompted = aws.with("AWS_CLI_AUTO_PROMPT", "on")
				.call(relay.endpoint(), "list-workflows", "--domain-name", "cli-prompt", "--no-cli-auto-prompt");
			assertThat(unprompted.exit()).as(unprompted.errors()).isZero();
			assertThat(relay.passed()).hasSize(1);
		}
	}

	@Test
	void tellsTheServiceItsVersion() throws IOException {
		var version = aws.run("--version").output().split(" ")[0];
		try (var relay = Relay.to(port)) {
			aws.call(relay.endpoint(), "list-workflows", "--domain-name", "cli-version");

			assertThat(version).startsWith("aws-cli/2.");
			assertThat(relay.passed().getFirst().header("User-Agent")).contains(version);
		}
	}

	@Test
	void saysWhatIsWrongWithARequest() {
		var refused = aws.call(service, "create-integration-workflow", "--cli-input-json",
				"file://" + file(named("salesforce-scheduled.json", "cli-wrong")), "--role-arn", "nobody",
				"--object-type-name", "9");

		assertThat(refused.exit()).isEqualTo(REFUSED);
		assertThat(refused.output()).isEmpty();
		assertThat(refused.errors())
			.contains("An error occurred (BadRequestException) when calling the CreateIntegrationWorkflow operation")
			.contains("/RoleArn ", "/ObjectTypeName ");
	}

	@Test
	void drivesTheOtherOperations() {
		var id = curl.create("cli-others", named("salesforce-scheduled.json", "cli-others"));
		awaitComplete("cli-others", id);
		var arn = curl.get("/domains/cli-others/workflows/" + id).text("/Arn");

		var workflow = json("get-workflow", "--domain-name", "cli-others", "--workflow-id", id);
		assertThat(workflow.at("/Status").asString()).isEqualTo("COMPLETE");
		assertThat(workflow.at("/Attributes/AppflowIntegration/SourceConnectorType").asString())
			.isEqualTo("Salesforce");
		var steps = json("get-workflow-steps", "--domain-name", "cli-others", "--workflow-id", id);
		assertThat(steps.at("/Items")).hasSize(2);
		var listed = json("list-workflows", "--domain-name", "cli-others", "--status", "COMPLETE", "--query-start-date",
				"2026-01-01T00:00:00Z");
		assertThat(listed.at("/Items").findValuesAsString("WorkflowId")).containsExactly(id);

		quietly("tag-resource", "--resource-arn", arn, "--tags", "{\"a,b=c:d/e+f\": \"x y\", \"k\": \"v\"}");
		assertThat(json("list-tags-for-resource", "--resource-arn", arn).at("/tags/a,b=c:d~1e+f").asString())
			.isEqualTo("x y");
		quietly("untag-resource", "--resource-arn", arn, "--tag-keys", "a,b=c:d/e+f", "k", "team");
		assertThat(json("list-tags-for-resource", "--resource-arn", arn).at("/tags"))
			.isEqualTo(JSON.readTree("{\"cost-center\": \"4711\"}"));

		quietly("delete-workflow", "--domain-name", "cli-others", "--workflow-id", id);
		await().atMost(Duration.ofSeconds(30))
			.until(() -> curl.get("/domains/cli-others/workflows/" + id).text("/Phase").equals("DELETED"));
	}

	private String createAndPrint(String name, String... options) {
		var all = new ArrayList<>(
				List.of("--cli-input-json", "file://" + file(named("salesforce-scheduled.json", name))));
		all.addAll(List.of(options));
		var created = aws.call(service, "create-integration-workflow", all.toArray(String[]::new));
		assertThat(created.exit()).as(created.errors()).isZero();
		return created.output();
	}

	private JsonNode json(String command, String... options) {
		var called = aws.call(service, command, options);
		assertThat(called.exit()).as(called.errors()).isZero();
		return JSON.readTree(called.output());
	}

	private void quietly(String command, String... options) {
		var called = aws.call(service, command, options);
		assertThat(called.exit()).as(called.errors()).isZero();
		assertThat(called.output()).isBlank();
	}

	private void awaitComplete(String domainName, String id) {
		await().atMost(Duration.ofSeconds(30))
			.untilAsserted(() -> assertThat(curl.get("/domains/" + domainName + "/workflows/" + id).text("/Status"))
				.isEqualTo("COMPLETE"));
	}

	/** A sample under a name of its own, in the domain of the same name. */
	private static Sample named(String sample, String name) {
		return Sample.of(sample).withText("/DomainName", name).withText(Sample.FLOW + "/FlowName", name);
	}

	private static Path file(Sample request) {
		return file("request.json", request.bytes());
	}

	private static Path file(String name, byte[] content) {
		try {
			return Files.write(Files.createTempDirectory(home, "input").resolve(name), content);
		}
		catch (IOException failure) {
			throw new UncheckedIOException(failure);
		}
	}

	/**
	 * Fills the queue of a listener that accepts nothing, until the kernel ignores who
	 * comes next.
	 */
	private static List<Socket> occupy(ServerSocket listener) throws IOException {
		var waiting = new ArrayList<Socket>();
		while (true) {
			var connection = new Socket();
			waiting.add(connection);
			try {
				connection.connect(new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort()), 250);
			}
			catch (SocketTimeoutException _) {
				return waiting;
			}
		}
	}

	private static KeyStore selfSigned() throws Exception {
		var file = home.resolve("self-signed.p12");
		var log = home.resolve("keytool.log");
		var keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
				"-genkeypair", "-alias", "relay", "-keyalg", "EC", "-dname", "CN=127.0.0.1", "-ext", "san=ip:127.0.0.1",
				"-storetype", "PKCS12", "-storepass", "changeit", "-keystore", file.toString())
			.redirectErrorStream(true)
			.redirectOutput(log.toFile())
			.start();
		assertThat(keytool.waitFor()).as(Files.readString(log)).isZero();
		return KeyStore.getInstance(file.toFile(), "changeit".toCharArray());
	}

	private static SSLContext contextOf(KeyStore keys) throws Exception {
		var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
		managers.init(keys, "changeit".toCharArray());
		var context = SSLContext.getInstance("TLS");
		context.init(managers.getKeyManagers(), null, null);
		return context;
	}

	private static Path certificateOf(KeyStore keys) throws Exception {
		var encoded = Base64.getMimeEncoder().encodeToString(keys.getCertificate("relay").getEncoded());
		return Files.writeString(home.resolve("relay.pem"),
				"-----BEGIN CERTIFICATE-----\n%s\n-----END CERTIFICATE-----\n".formatted(encoded));
	}

}
