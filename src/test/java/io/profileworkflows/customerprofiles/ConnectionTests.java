package io.profileworkflows.customerprofiles;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

import io.profileworkflows.OnTheSide;
import io.profileworkflows.customerprofiles.CreateOutcome.Created;
import io.profileworkflows.customerprofiles.CreateOutcome.NotSent;
import io.profileworkflows.customerprofiles.CreateOutcome.Unknown;
import io.profileworkflows.customerprofiles.SocketServer.Conversation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What can happen to a create on its way, on real sockets: it is "not sent" only if the
 * other side can never have read all of it.
 */
@OnTheSide
class ConnectionTests {

	private static final String CREATED = """
			{"WorkflowId":"0123456789abcdef0123456789abcdef","Message":"Created"}""";

	private static final JsonMapper JSON = new JsonMapper();

	private static final String WIRE_FORM = """
			{
			  "WorkflowType": "APPFLOW_INTEGRATION",
			  "ObjectTypeName": "Salesforce-Account",
			  "RoleArn": "arn:aws:iam::123456789012:role/ingest/customer-profiles",
			  "Tags": { "team": "crm", "cost-center": "4711" },
			  "IntegrationConfig": {
			    "AppflowIntegration": {
			      "FlowDefinition": {
			        "Description": "Accounts of the sales org",
			        "FlowName": "accounts",
			        "KmsArn": "arn:aws:kms:eu-central-1:123456789012:key/0b1c2d3e",
			        "SourceFlowConfig": {
			          "ConnectorProfileName": "sales-org",
			          "ConnectorType": "Servicenow",
			          "IncrementalPullConfig": { "DatetimeTypeFieldName": "LastModifiedDate" },
			          "SourceConnectorProperties": {
			            "Marketo": { "Object": "Lead" },
			            "S3": { "BucketName": "bucket", "BucketPrefix": "prefix" },
			            "Salesforce": { "Object": "Account", "EnableDynamicFieldUpdate": true, "IncludeDeletedRecords": false },
			            "ServiceNow": { "Object": "incident" },
			            "Zendesk": { "Object": "tickets" }
			          }
			        },
			        "Tasks": [
			          {
			            "ConnectorOperator": { "Marketo": "GREATER_THAN", "S3": "EQUAL_TO", "Salesforce": "MASK_FIRST_N", "ServiceNow": "CONTAINS", "Zendesk": "NO_OP" },
			            "DestinationField": "Phone",
			            "SourceFields": ["Phone", "Mobile"],
			            "TaskProperties": { "MASK_LENGTH": "6", "MASK_VALUE": "*" },
			            "TaskType": "Mask"
			          },
			          {
			            "ConnectorOperator": { "Marketo": "GREATER_THAN", "S3": "EQUAL_TO", "Salesforce": "MASK_FIRST_N", "ServiceNow": "CONTAINS", "Zendesk": "NO_OP" },
			            "DestinationField": "Name",
			            "SourceFields": ["Name"],
			            "TaskProperties": { "VALUE": "x" },
			            "TaskType": "Map"
			          }
			        ],
			        "TriggerConfig": {
			          "TriggerType": "Scheduled",
			          "TriggerProperties": {
			            "Scheduled": {
			              "ScheduleExpression": "rate(1hours)",
			              "DataPullMode": "Incremental",
			              "ScheduleStartTime": 1924988400,
			              "ScheduleEndTime": 1956524400,
			              "Timezone": "Europe/Berlin",
			              "ScheduleOffset": 120,
			              "FirstExecutionFrom": 1704063600.25
			            }
			          }
			        }
			      },
			      "Batches": [
			        { "StartTime": 1704063600, "EndTime": 1709247600 },
			        { "StartTime": 1709247600, "EndTime": 1714514400 }
			      ]
			    }
			  }
			}""";

	/**
	 * Keeps the event loops that all clients share alive, whose end takes two seconds.
	 */
	private static final Upstream alive = Upstream.at(URI.create("http://localhost:1"));

	@AfterAll
	static void close() {
		alive.close();
	}

	@Test
	void hasSentNothingWhereNobodyListens() throws IOException {
		int port;
		try (var listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			port = listener.getLocalPort();
		}

		assertNotSent(createAt(URI.create("http://localhost:" + port)), NotSent.Cause.UNREACHABLE);
	}

	@Test
	void hasSentNothingToANameThatDoesNotExist() {
		assertNotSent(createAt(URI.create("http://no-such-host.invalid")), NotSent.Cause.UNREACHABLE);
	}

	@Test
	void hasSentNothingToAHostThatTakesNoConnection() throws IOException {
		try (var listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			var waiting = occupy(listener);

			assertNotSent(createAt(URI.create("http://localhost:" + listener.getLocalPort())),
					NotSent.Cause.UNREACHABLE);

			for (var connection : waiting) {
				connection.close();
			}
		}
	}

	@Test
	void neverSendsARequestThatWaitedTooLongForAConnection() throws Exception {
		var release = new CountDownLatch(1);
		Conversation slow = peer -> {
			while (peer.read()) {
				release.await();
				peer.answer(200, CREATED);
			}
		};
		try (var server = SocketServer.plain(slow);
				var upstream = Upstream.at(server.endpoint());
				var callers = Executors.newVirtualThreadPerTaskExecutor()) {
			var blocking = IntStream.range(0, Clients.MAX_CONCURRENCY)
				.mapToObj(number -> callers.submit(() -> upstream.create("blocking-" + number)))
				.toList();
			while (server.requests().size() < Clients.MAX_CONCURRENCY) {
				Thread.onSpinWait();
			}

			var outcome = upstream.customerProfiles()
				.create(Requests.named("too-late"), Deadline.in(Duration.ofMillis(300)), Departure.atOnce());
			release.countDown();

			assertNotSent(outcome, NotSent.Cause.UNREACHABLE);
			for (var call : blocking) {
				assertThat(call.get()).isInstanceOf(Created.class);
			}
			assertThat(upstream.create("next")).isInstanceOf(Created.class);
			assertThat(server.requests()).hasSize(Clients.MAX_CONCURRENCY + 1)
				.noneSatisfy(request -> assertThat(request.content()).contains("too-late"));
		}
	}

	@Test
	void hasSentNothingToAServerThatItDoesNotTrust(@TempDir Path directory) throws Exception {
		var selfSigned = tls(selfSigned(directory)).getServerSocketFactory()
			.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
		try (var server = SocketServer.tls(selfSigned, peer -> peer.read())) {
			assertNotSent(createAt(server.endpoint()), NotSent.Cause.UNREACHABLE);
			assertThat(server.requests()).isEmpty();
		}
	}

	@Test
	void hasSentNothingToAServerThatDeclinesTheHandshake() throws Exception {
		var withoutCertificate = tls(null).getServerSocketFactory()
			.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
		try (var server = SocketServer.tls(withoutCertificate, peer -> peer.read())) {
			assertNotSent(createAt(server.endpoint()), NotSent.Cause.UNREACHABLE);
			assertThat(server.requests()).isEmpty();
		}
	}

	/**
	 * Nothing was sent here either. The service knows that only if the end came before
	 * Netty asked for the content: Netty does not tell this end from a later one.
	 */
	@Test
	void doesNotClaimMoreThanItKnowsOfAServerThatHungUpDuringTheHandshake() throws IOException {
		var listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		try (var server = SocketServer.tls(listener, _ -> {
		})) {
			assertThat(createAt(server.endpoint())).isInstanceOfAny(Unknown.class, NotSent.class);
		}
	}

	@Test
	void doesNotKnowWhatASilentServerDid() throws IOException {
		try (var server = SocketServer.plain(peer -> {
			peer.read();
			peer.awaitEnd();
		}); var upstream = Upstream.at(server.endpoint(), Duration.ofMillis(700))) {
			assertThat(upstream.create("accounts")).isEqualTo(new Unknown("No answer in time", null));
			assertThat(server.requests()).hasSize(1);
		}
	}

	@Test
	void doesNotKnowWhatAServerDidThatResetTheConnection() throws IOException {
		try (var server = SocketServer.plain(peer -> {
			peer.read();
			peer.reset();
		})) {
			assertThat(createAt(server.endpoint())).isInstanceOf(Unknown.class);
			assertThat(server.requests()).hasSize(1);
		}
	}

	@Test
	void doesNotKnowWhatAServerDidThatHungUpOnAUsedConnection() throws IOException {
		try (var server = SocketServer.plain(peer -> {
			peer.read();
			peer.answer(200, CREATED);
			peer.read();
		}); var upstream = Upstream.at(server.endpoint())) {
			assertThat(upstream.create("first")).isInstanceOf(Created.class);
			// while the connection is not back in the pool yet, a create gets another one
			await().untilAsserted(() -> assertThat(upstream.create("next")).isInstanceOf(Unknown.class));
			assertThat(server.requests()).hasSize(server.connections() + 1);
		}
	}

	@Test
	void doesNotKnowWhatAServerDidThatStoppedInTheMiddleOfItsAnswer() throws IOException {
		try (var server = SocketServer.plain(peer -> {
			peer.read();
			peer.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"WorkflowId\":");
		})) {
			assertThat(createAt(server.endpoint())).isInstanceOf(Unknown.class);
			assertThat(server.requests()).hasSize(1);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "{\"WorkflowId\":\"01234567-89ab-cdef-0123-456789abcdef\",\"Message\":\"Created\"}",
			"{\"WorkflowId\":\"0123456789ABCDEF0123456789ABCDEF\",\"Message\":\"Created\"}",
			"{\"WorkflowId\":\"\",\"Message\":\"Created\"}", "{\"WorkflowId\":null}", "[]", "<html>", "{\"Workfl" })
	void doesNotKnowWhatAnAnswerWithoutAnIdMeans(String answer) throws IOException {
		try (var server = answering(200, answer)) {
			assertThat(createAt(server.endpoint())).isInstanceOf(Unknown.class);
			assertThat(server.requests()).hasSize(1);
		}
	}

	@Test
	void takesEverySuccessWithAnIdForOne() throws IOException {
		try (var server = answering(202, CREATED)) {
			assertThat(createAt(server.endpoint()))
				.isEqualTo(new Created("0123456789abcdef0123456789abcdef", "Created", null));
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 302, 307, 403, 404, 408, 409, 502, 503, 504 })
	void doesNotKnowWhatAProxyMeans(int status) throws IOException {
		try (var server = answering(status, "<html>", "Location: /elsewhere")) {
			assertThat(createAt(server.endpoint())).isInstanceOf(Unknown.class);
			assertThat(server.requests()).hasSize(1);
		}
	}

	@Test
	void saysThatItWasPointedAtItself() throws IOException {
		try (var server = answering(508, "{\"Message\":\"This service was called by itself\"}",
				"x-amzn-ErrorType: LoopDetectedException")) {
			assertNotSent(createAt(server.endpoint()), NotSent.Cause.POINTS_AT_ITSELF);
			assertThat(server.requests().getFirst().head().toLowerCase()).contains(CustomerProfiles.HOP_HEADER + ": 1");
		}
	}

	@Test
	void signsTheHopHeader() throws IOException {
		try (var server = answering(200, CREATED)) {
			createAt(server.endpoint());

			assertThat(server.requests().getFirst().head())
				.containsPattern("Authorization: AWS4-HMAC-SHA256 .*/profile/aws4_request, SignedHeaders=[a-z0-9;-]*"
						+ CustomerProfiles.HOP_HEADER);
		}
	}

	@Test
	void putsEveryMemberOnTheWireAsAwsNamesIt() throws IOException {
		try (var server = answering(200, CREATED); var upstream = Upstream.at(server.endpoint())) {
			upstream.customerProfiles()
				.create(Requests.withEveryMember(), Deadline.in(Upstream.PATIENCE), Departure.atOnce());

			var request = server.requests().getFirst();
			assertThat(request.head()).startsWith("POST /domains/retail/workflows/integrations HTTP/1.1");
			assertThat(JSON.readTree(WIRE_FORM).equals(byValue(), JSON.readTree(request.content())))
				.as(request.content())
				.isTrue();
		}
	}

	@Test
	void hasSentNothingWithoutCredentials() throws IOException {
		try (var server = answering(200, CREATED)) {
			var none = createAt(server.endpoint(), () -> {
				throw SdkClientException.create("Unable to load credentials from any of the providers in the chain");
			});
			var deniedBySts = createAt(server.endpoint(), () -> {
				throw AwsServiceException.builder().statusCode(403).message("not yours to assume").build();
			});

			assertNotSent(none, NotSent.Cause.OWN_CREDENTIALS);
			assertNotSent(deniedBySts, NotSent.Cause.OWN_CREDENTIALS);
			assertThat(server.connections()).isZero();
		}
	}

	@Test
	void holdsBackARequestWhoseDeadlinePassesBeforeItIsSigned() throws IOException {
		var deadline = Deadline.in(Duration.ofMillis(200));
		AwsCredentialsProvider slow = () -> {
			while (!deadline.hasPassed()) {
				Thread.onSpinWait();
			}
			return AwsBasicCredentials.create("AKIDEXAMPLE", "secret");
		};
		try (var server = answering(200, CREATED);
				var upstream = Upstream.at(server.endpoint(), Upstream.PATIENCE, slow)) {
			var outcome = upstream.customerProfiles().create(Requests.named("accounts"), deadline, Departure.atOnce());

			assertNotSent(outcome, NotSent.Cause.DEADLINE_PASSED);
			assertThat(server.connections()).isZero();
		}
	}

	/**
	 * A number is the same however it is written.
	 */
	private static Comparator<JsonNode> byValue() {
		return (one, other) -> (one.isNumber() && other.isNumber()) ? one.decimalValue().compareTo(other.decimalValue())
				: (one.equals(other) ? 0 : 1);
	}

	private static SocketServer answering(int status, String content, String... headers) throws IOException {
		return SocketServer.plain(peer -> {
			while (peer.read()) {
				peer.answer(status, content, headers);
			}
		});
	}

	private static CreateOutcome createAt(URI endpoint) {
		try (var upstream = Upstream.at(endpoint)) {
			return upstream.create("accounts");
		}
	}

	private static CreateOutcome createAt(URI endpoint, AwsCredentialsProvider credentials) {
		try (var upstream = Upstream.at(endpoint, Upstream.PATIENCE, credentials)) {
			return upstream.create("accounts");
		}
	}

	private static void assertNotSent(CreateOutcome outcome, NotSent.Cause cause) {
		assertThat(outcome).isInstanceOfSatisfying(NotSent.class, notSent -> {
			assertThat(notSent.cause()).as(notSent.reason()).isEqualTo(cause);
			assertThat(notSent.reason()).isNotBlank().hasSizeLessThanOrEqualTo(255);
		});
	}

	/**
	 * Fills the queue of a listener that accepts nothing, until the kernel ignores who
	 * comes next.
	 */
	private static List<Socket> occupy(ServerSocket listener) throws IOException {
		var waiting = new ArrayList<Socket>();
		var address = new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort());
		while (true) {
			var connection = new Socket();
			waiting.add(connection);
			try {
				connection.connect(address, 250);
			}
			catch (SocketTimeoutException _) {
				return waiting;
			}
		}
	}

	private static SSLContext tls(@Nullable KeyStore keys) throws Exception {
		var context = SSLContext.getInstance("TLS");
		if (keys == null) {
			context.init(null, null, null);
			return context;
		}
		var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
		managers.init(keys, "changeit".toCharArray());
		context.init(managers.getKeyManagers(), null, null);
		return context;
	}

	private static KeyStore selfSigned(Path directory) throws Exception {
		var file = directory.resolve("self-signed.p12");
		var keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
				"-genkeypair", "-keyalg", "EC", "-dname", "CN=localhost", "-ext", "san=dns:localhost", "-storetype",
				"PKCS12", "-storepass", "changeit", "-keystore", file.toString())
			.redirectErrorStream(true)
			.redirectOutput(directory.resolve("keytool.log").toFile())
			.start();
		assertThat(keytool.waitFor()).as(() -> read(directory.resolve("keytool.log"))).isZero();
		return KeyStore.getInstance(file.toFile(), "changeit".toCharArray());
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException failure) {
			return failure.toString();
		}
	}

}
