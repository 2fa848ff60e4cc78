package io.profileworkflows.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import io.profileworkflows.CapturedLog;
import io.profileworkflows.SampleRequest;
import io.profileworkflows.SecuredTest;
import io.profileworkflows.security.Issuer;
import io.profileworkflows.workflow.Workflows;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * HTTP that no client library sends, as bytes: none of it is a failure of the service,
 * and none of it gets into the log.
 */
@SecuredTest
class OddRequestsTests {

	private static final String EACH = "org.apache.juli.logging.UserDataHelper.CONFIG";

	private static final String SECRET_TEXT = "s3cr3t-signature";

	private static final String NOW = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT)
		.withZone(ZoneOffset.UTC)
		.format(Instant.now());

	private final CapturedLog log = CapturedLog.begin();

	private final SampleRequest sample = SampleRequest.in("own-odd");

	@Autowired
	Workflows workflows;

	/**
	 * Otherwise the server tells of the first such request only, which may be another
	 * test's.
	 */
	@BeforeAll
	static void tellOfEachRequest() {
		System.setProperty(EACH, "INFO_ALL");
	}

	@AfterAll
	static void tellOfTheFirstRequest() {
		System.clearProperty(EACH);
	}

	@LocalServerPort
	int port;

	@LocalManagementPort
	int managementPort;

	private String workflow = "";

	@BeforeEach
	void accept() {
		workflow = "/domains/own-odd/workflows/"
				+ workflows.accept(SampleRequest.in("own-odd").request(), List.of(), "anna", null).workflow().id();
	}

	@AfterEach
	void end() {
		log.close();
	}

	static Stream<Odd> requests() {
		return Stream.of(odd("HTTP/1.0 without Host", "GET {workflow} HTTP/1.0\n{who}", 200),
				odd("HTTP/1.0 with Host", "GET {workflow} HTTP/1.0\n{host}{who}", 200),
				odd("HTTP/1.0 without Host, a search", "GET /workflows HTTP/1.0\n{who}", 200),
				odd("HTTP/1.0 without Host, a create", "POST {create} HTTP/1.0\n{who}{body}", 202),
				odd("HTTP/1.0 without Host, nowhere", "GET /nowhere HTTP/1.0\n{who}", 404),
				odd("HTTP/1.0 without Host, by nobody", "GET {workflow} HTTP/1.0\n", 403),
				odd("HTTP/1.0 without Host, the page", "GET / HTTP/1.0\n{who}", 302),
				odd("HTTP/1.0 without Host, the description", "GET /v3/api-docs HTTP/1.0\n{who}", 200),
				odd("HTTP/1.0 without Host, signed",
						"GET {workflow} HTTP/1.0\nAuthorization: AWS4-HMAC-SHA256 Credential=AKREADER/20261124/eu-central-1/profile/aws4_request, SignedHeaders=host;x-amz-date, Signature="
								+ "0".repeat(64) + "\nX-Amz-Date: 20261124T120000Z\n",
						403),
				odd("HTTP/1.0 without Host, signed without it",
						"GET {workflow} HTTP/1.0\nAuthorization: AWS4-HMAC-SHA256 Credential=AKREADER/{day}/eu-central-1/profile/aws4_request, SignedHeaders=x-amz-date, Signature="
								+ "0".repeat(64) + "\nX-Amz-Date: {time}\n",
						403),
				odd("HTTP/1.0 without Host, signed with it",
						"GET {workflow} HTTP/1.0\nAuthorization: AWS4-HMAC-SHA256 Credential=AKREADER/{day}/eu-central-1/profile/aws4_request, SignedHeaders=host;x-amz-date, Signature="
								+ "0".repeat(64) + "\nX-Amz-Date: {time}\n",
						403),
				odd("a Host that is signed and empty",
						"GET {workflow} HTTP/1.0\nHost:\nAuthorization: AWS4-HMAC-SHA256 Credential=AKREADER/{day}/eu-central-1/profile/aws4_request, SignedHeaders=host;x-amz-date, Signature="
								+ "0".repeat(64) + "\nX-Amz-Date: {time}\n",
						403),
				odd("two dates of a signature",
						"GET {workflow} HTTP/1.1\n{host}Authorization: AWS4-HMAC-SHA256 Credential=AKREADER/{day}/eu-central-1/profile/aws4_request, SignedHeaders=host;x-amz-date, Signature="
								+ "0".repeat(64) + "\nX-Amz-Date: {time}\nX-Amz-Date: {time}\n",
						400),
				odd("a method that no signer knows",
						"PROPFIND {workflow} HTTP/1.1\n{host}Authorization: AWS4-HMAC-SHA256 Credential=AKREADER/{day}/eu-central-1/profile/aws4_request, SignedHeaders=host;x-amz-date, Signature="
								+ "0".repeat(64) + "\nX-Amz-Date: {time}\n",
						400, 403, 405),
				odd("an odd query, signed",
						"GET {workflow}?=&&a=%&=b HTTP/1.1\n{host}Authorization: AWS4-HMAC-SHA256 Credential=AKREADER/{day}/eu-central-1/profile/aws4_request, SignedHeaders=host;x-amz-date, Signature="
								+ "0".repeat(64) + "\nX-Amz-Date: {time}\n",
						400, 403),
				odd("HTTP/0.9", "GET {workflow}\n", 0, 400, 505),
				odd("two Hosts", "GET {workflow} HTTP/1.1\n{host}{host}{who}", 400),
				odd("an empty Host", "GET {workflow} HTTP/1.1\nHost:\n{who}", 200),
				odd("a Host that is none", "GET {workflow} HTTP/1.1\nHost: a b\n{who}", 400),
				odd("an absolute target", "GET http://localhost{workflow} HTTP/1.1\n{host}{who}", 200),
				odd("an absolute target for another host", "GET http://example.org{workflow} HTTP/1.1\n{host}{who}",
						200, 400),
				odd("an absolute target without path", "GET http://localhost HTTP/1.1\n{host}{who}", 302, 404),
				odd("a target of an authority", "CONNECT localhost:443 HTTP/1.1\n{host}{who}", 400, 405, 501),
				odd("an asterisk for a target", "OPTIONS * HTTP/1.1\n{host}{who}", 200, 400, 404),
				odd("an asterisk for a target of GET", "GET * HTTP/1.1\n{host}{who}", 400, 404),
				odd("no target", "GET  HTTP/1.1\n{host}{who}", 0, 400),
				odd("a target without slash", "GET workflows HTTP/1.1\n{host}{who}", 400),
				odd("bad percent-encoding in the query", "GET /workflows?flow-name=%zz HTTP/1.1\n{host}{who}", 400),
				odd("a percent sign at the end", "GET /workflows?flow-name=% HTTP/1.1\n{host}{who}", 400),
				odd("bad UTF-8 in the query", "GET /workflows?flow-name=%ff%fe HTTP/1.1\n{host}{who}", 200, 400),
				odd("a NUL in the query", "GET /workflows?flow-name=%00 HTTP/1.1\n{host}{who}", 200, 400),
				odd("a NUL in a tag that is sought", "GET /workflows?tag=a%00:b HTTP/1.1\n{host}{who}", 200, 400),
				odd("a NUL in a requester", "GET /workflows?requester=%00 HTTP/1.1\n{host}{who}", 200, 400),
				odd("a NUL in a token of pages", "GET /workflows?next-token=%00 HTTP/1.1\n{host}{who}", 400),
				odd("a NUL in a tag key", "DELETE {tags}?tagKeys=%00 HTTP/1.1\n{host}{who}", 200, 400),
				odd("half an emoji in the query", "GET /workflows?flow-name=%ED%A0%80 HTTP/1.1\n{host}{who}", 200, 400),
				odd("a very long query", "GET /workflows?flow-name=" + "x".repeat(9_000) + " HTTP/1.1\n{host}{who}",
						200, 400),
				odd("a query that is too long",
						"GET /workflows?flow-name=" + "x".repeat(60_000) + " HTTP/1.1\n{host}{who}", 400, 414),
				odd("many parameters", "GET /workflows?" + "a=b&".repeat(2_000) + " HTTP/1.1\n{host}{who}", 200, 400),
				odd("parameters of the path", "GET {workflow};a=b HTTP/1.1\n{host}{who}", 400),
				odd("an encoded semicolon", "GET {workflow}%3Ba=b HTTP/1.1\n{host}{who}", 400),
				odd("a session in the path", "GET /workflows;jsessionid=1 HTTP/1.1\n{host}{who}", 400),
				odd("a fragment", "GET /workflows#x HTTP/1.1\n{host}{who}", 400),
				odd("a backslash", "GET /domains\\x HTTP/1.1\n{host}{who}", 400),
				odd("bytes beyond ASCII in the path", "GET /domains/\u00e9/workflows HTTP/1.1\n{host}{who}", 400),
				odd("TRACE", "TRACE {workflow} HTTP/1.1\n{host}{who}", 400, 405),
				odd("a method in small letters", "get {workflow} HTTP/1.1\n{host}{who}", 400, 405),
				odd("a method with odd signs", "G<T {workflow} HTTP/1.1\n{host}{who}", 400),
				odd("a length that is negative", "POST {create} HTTP/1.1\n{host}{who}{type}Content-Length: -1\n", 400),
				odd("a length with a plus", "POST {create} HTTP/1.1\n{host}{who}{type}Content-Length: +2\n\n{}", 400),
				odd("a length beyond all numbers",
						"POST {create} HTTP/1.1\n{host}{who}{type}Content-Length: 99999999999999999999\n", 400),
				odd("a length of nothing", "POST {create} HTTP/1.1\n{host}{who}{type}Content-Length: \n", 400),
				odd("two equal lengths",
						"POST {create} HTTP/1.1\n{host}{who}{type}Content-Length: 2\nContent-Length: 2\n\n{}", 400),
				odd("a length and chunks",
						"POST {create} HTTP/1.1\n{host}{who}{type}Content-Length: 2\nTransfer-Encoding: chunked\n\n2\n{}\n0\n\n",
						400),
				odd("chunks with a trailer",
						"POST {workflow-list} HTTP/1.1\n{host}{who}{type}Transfer-Encoding: chunked\n\n2\n{}\n0\nX-Trailer: a\n\n",
						200),
				odd("chunks with Authorization in the trailer",
						"POST {workflow-list} HTTP/1.1\n{host}{type}Transfer-Encoding: chunked\nTrailer: Authorization\n\n2\n{}\n0\n{who}\n",
						403),
				odd("chunks with extensions",
						"POST {workflow-list} HTTP/1.1\n{host}{who}{type}Transfer-Encoding: chunked\n\n2;a=b\n{}\n0\n\n",
						200),
				odd("a trailer that is too long",
						"POST {workflow-list} HTTP/1.1\n{host}{who}{type}Transfer-Encoding: chunked\n\n2\n{}\n0\nX: "
								+ "x".repeat(20_000) + "\n\n",
						200, 400),
				odd("a trailer that is none",
						"POST {workflow-list} HTTP/1.1\n{host}{who}{type}Transfer-Encoding: chunked\n\n2\n{}\n0\nb\u0000d\n\n",
						200, 400),
				odd("gzip as a transfer coding",
						"POST {create} HTTP/1.1\n{host}{who}{type}Transfer-Encoding: gzip, chunked\n\n0\n\n", 400, 501),
				odd("an expectation to go on", "POST {create} HTTP/1.1\n{host}{who}Expect: 100-continue\n{body}", 202),
				odd("an expectation to go on, by nobody", "POST {create} HTTP/1.1\n{host}Expect: 100-continue\n{body}",
						403),
				odd("an expectation that nobody can meet", "GET {workflow} HTTP/1.1\n{host}{who}Expect: a=b\n", 417),
				odd("a body of GET", "GET {workflow} HTTP/1.1\n{host}{who}Content-Length: 2\n\n{}", 200),
				odd("a coded body", "POST {create} HTTP/1.1\n{host}{who}Content-Encoding: gzip\n{body}", 415),
				odd("a body that is coded twice",
						"POST {create} HTTP/1.1\n{host}{who}Content-Encoding: identity, br\n{body}", 415),
				odd("a body that is coded in two headers",
						"POST {create} HTTP/1.1\n{host}{who}Content-Encoding: identity\nContent-Encoding: deflate\n{body}",
						415),
				odd("a body that says it is not coded",
						"POST {create} HTTP/1.1\n{host}{who}Content-Encoding: Identity\n{body}", 202),
				odd("a body with an empty coding", "POST {create} HTTP/1.1\n{host}{who}Content-Encoding:\n{body}", 202),
				odd("two types", "POST {create} HTTP/1.1\n{host}{who}Content-Type: application/yaml\n{body}", 400),
				odd("a type that is none",
						"POST {create} HTTP/1.1\n{host}{who}Content-Type: /\nContent-Length: 2\n\n{}", 415),
				odd("a charset that is none",
						"POST {workflow-list} HTTP/1.1\n{host}{who}Content-Type: application/json; charset=none\nContent-Length: 2\n\n{}",
						200, 415),
				odd("two keys", "POST {create} HTTP/1.1\n{host}{who}Idempotency-Key: a\nIdempotency-Key: b\n{body}",
						400),
				odd("two ids of an invocation",
						"POST {create} HTTP/1.1\n{host}{who}amz-sdk-invocation-id: a\namz-sdk-invocation-id: b\n{body}",
						400),
				odd("an empty key", "POST {create} HTTP/1.1\n{host}{who}Idempotency-Key:\n{body}", 400),
				odd("two credentials", "GET {workflow} HTTP/1.1\n{host}{who}{who}", 400),
				odd("two credentials of other kinds", "GET {workflow} HTTP/1.1\n{host}{who}Authorization: Basic YTpi\n",
						400),
				odd("two credentials, the first of no use",
						"GET {workflow} HTTP/1.1\n{host}Authorization: Basic YTpi\n{who}", 400),
				odd("two credentials of which one is empty", "GET {workflow} HTTP/1.1\n{host}{who}Authorization:\n",
						400),
				odd("two credentials at once", "GET {workflow} HTTP/1.1\n{host}Authorization: Bearer a, Bearer b\n",
						401, 403),
				odd("a NUL in the credentials",
						"GET {workflow} HTTP/1.1\n{host}Authorization: AWS4-HMAC-SHA256 Signature=" + SECRET_TEXT
								+ "\u0000\n",
						400),
				odd("a control character in the credentials",
						"GET {workflow} HTTP/1.1\n{host}Authorization: Bearer " + SECRET_TEXT + "\u0001\n", 400),
				odd("a name of a header with a blank",
						"GET {workflow} HTTP/1.1\n{host}Authorization : Bearer " + SECRET_TEXT + "\n", 400),
				odd("a header that is folded",
						"GET {workflow} HTTP/1.1\n{host}Authorization: Bearer\n " + SECRET_TEXT + "\n", 400, 401, 403),
				odd("a header without a name", "GET {workflow} HTTP/1.1\n{host}: " + SECRET_TEXT + "\n", 400),
				odd("a header without a colon", "GET {workflow} HTTP/1.1\n{host}" + SECRET_TEXT + "\n", 400),
				odd("a target with credentials",
						"GET http://a:" + SECRET_TEXT + "@localhost{workflow} HTTP/1.1\n{host}{who}", 200, 400),
				odd("a bare NUL in the line", "GET /workflows?" + SECRET_TEXT + "\u0000 HTTP/1.1\n{host}{who}", 400),
				odd("more headers than there may be", "GET {workflow} HTTP/1.1\n{host}{who}" + "X: y\n".repeat(300),
						400),
				odd("eleven languages",
						"GET {workflow} HTTP/1.1\n{host}{who}Accept-Language: de,en,fr,it,es,pt,nl,sv,da,fi,pl\n", 200),
				odd("a hundred languages",
						"GET {workflow} HTTP/1.1\n{host}{who}Accept-Language: "
								+ String.join(",", IntStream.range(0, 100).mapToObj(n -> "l" + n).toList()) + "\n",
						200),
				odd("a hundred languages, by nobody",
						"GET {workflow} HTTP/1.1\n{host}Accept-Language: "
								+ String.join(",", IntStream.range(0, 100).mapToObj(n -> "l" + n).toList()) + "\n",
						403),
				odd("eleven languages, nowhere",
						"GET /nowhere HTTP/1.1\n{host}{who}Accept-Language: de,en,fr,it,es,pt,nl,sv,da,fi,pl\n", 404),
				odd("eleven languages, a mistake",
						"POST {create} HTTP/1.1\n{host}{who}{type}Accept-Language: de,en,fr,it,es,pt,nl,sv,da,fi,pl\nContent-Length: 2\n\n{}",
						400),
				odd("a language that is none", "GET {workflow} HTTP/1.1\n{host}{who}Accept-Language: ;;q=x,é,*;q=9\n",
						200),
				odd("no Accept", "GET {workflow} HTTP/1.1\n{host}{who}", 200),
				odd("an empty Accept", "GET {workflow} HTTP/1.1\n{host}{who}Accept:\n", 200),
				odd("an Accept that is none", "GET {workflow} HTTP/1.1\n{host}{who}Accept: a\n", 406),
				odd("an Accept of nothing", "GET {workflow} HTTP/1.1\n{host}{who}Accept: */*;q=0\n", 200, 406),
				odd("an Accept with a quality that is none", "GET {workflow} HTTP/1.1\n{host}{who}Accept: */*;q=x\n",
						406),
				odd("two Accepts", "GET {workflow} HTTP/1.1\n{host}{who}Accept: image/png\nAccept: application/yaml\n",
						200),
				odd("an Accept that an error cannot have", "GET {workflow}0 HTTP/1.1\n{host}{who}Accept: image/png\n",
						400, 406),
				odd("an Accept that a refusal cannot have", "GET {workflow} HTTP/1.1\n{host}Accept: image/png\n", 403),
				odd("an Accept of events alone, for an error",
						"GET {workflow}0 HTTP/1.1\n{host}{who}Accept: text/event-stream\n", 400),
				odd("an Accept of events where there are none",
						"GET /workflows HTTP/1.1\n{host}{who}Accept: text/event-stream\n", 406),
				odd("many Accepts", "GET {workflow} HTTP/1.1\n{host}{who}Accept: " + "a/b,".repeat(1_000) + "*/*\n",
						200, 406),
				odd("two If-Match", "DELETE {workflow} HTTP/1.1\n{host}{who}If-Match: \"8\"\nIf-Match: \"9\"\n", 412),
				odd("an If-Match that is none", "DELETE {workflow} HTTP/1.1\n{host}{who}If-Match: 0\n", 412),
				odd("an If-None-Match that is none", "GET {workflow} HTTP/1.1\n{host}{who}If-None-Match: \"\n", 200),
				odd("two If-None-Match",
						"GET {workflow} HTTP/1.1\n{host}{who}If-None-Match: \"8\"\nIf-None-Match: \"0\"\n", 304),
				odd("a date that is none", "GET {workflow} HTTP/1.1\n{host}{who}If-Modified-Since: yesterday\n", 200),
				odd("a range", "GET {workflow} HTTP/1.1\n{host}{who}Range: bytes=0-1\n", 200),
				odd("two of who forwards",
						"GET {workflow} HTTP/1.1\n{host}{who}X-Forwarded-Host: a b\nX-Forwarded-Host: c\nX-Forwarded-Port: x\nX-Forwarded-Proto: %\nForwarded: ;;\nX-Forwarded-For: ::\nX-Forwarded-Prefix: //\n",
						200),
				odd("two ids of events",
						"GET {workflow} HTTP/1.1\n{host}{who}Accept: text/event-stream\nLast-Event-ID: 1\nLast-Event-ID: x\n",
						200, 400),
				odd("an origin that is none", "GET {workflow} HTTP/1.1\n{host}{who}Origin: null\n", 200, 403),
				odd("an origin for a preflight",
						"OPTIONS {workflow} HTTP/1.1\n{host}{who}Origin: x\nAccess-Control-Request-Method: %\n", 200,
						403),
				odd("an upgrade", "GET {workflow} HTTP/1.1\n{host}{who}Connection: Upgrade\nUpgrade: websocket\n", 200),
				odd("the preface of HTTP/2", "PRI * HTTP/2.0\n\nSM\n\n", 400, 505),
				odd("odd traces", "GET {workflow} HTTP/1.1\n{host}{who}traceparent: 00-x\nbaggage: =,;%\n", 200),
				odd("the page of errors", "GET /error HTTP/1.1\n{host}{who}", 404),
				odd("the page of errors, by nobody", "GET /error HTTP/1.1\n{host}", 403, 404),
				odd("the page of errors, to be changed", "DELETE /error HTTP/1.1\n{host}{who}", 404),
				odd("a cookie of a session", "GET {workflow} HTTP/1.1\n{host}{who}Cookie: JSESSIONID=x; =;,\n", 200),
				odd("lines that end with LF alone", "GET {workflow} HTTP/1.1\r{host}{who}", 200, 400));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("requests")
	void areAnsweredWithoutAFailure(Odd odd) {
		var answer = ask(port, odd);

		assertThat(answer.status()).as("%s", answer).isIn(odd.statuses());
		isAProblem(odd, answer);
		saysNothing();
	}

	static Stream<Odd> ofManagement() {
		return Stream.of(odd("the page of errors", "GET /error HTTP/1.1\n{host}{who}", 404),
				odd("the page of errors, by nobody", "GET /error HTTP/1.1\n{host}", 403, 404),
				odd("the page of errors, posted", "POST /error HTTP/1.1\n{host}{who}{type}Content-Length: 2\n\n{}",
						404),
				odd("HTTP/1.0 without Host", "GET /actuator/health HTTP/1.0\n", 200, 503),
				odd("HTTP/1.0 without Host, the links", "GET /actuator HTTP/1.0\n{everywhere}", 200),
				odd("HTTP/1.0 without Host, nowhere", "GET /nowhere HTTP/1.0\n{everywhere}", 404),
				odd("HTTP/1.0 without Host, by nobody", "GET /actuator/outbox HTTP/1.0\n", 403),
				odd("eleven languages",
						"GET /actuator/health HTTP/1.1\n{host}Accept-Language: de,en,fr,it,es,pt,nl,sv,da,fi,pl\n", 200,
						503),
				odd("eleven languages, nowhere",
						"GET /nowhere HTTP/1.1\n{host}{everywhere}Accept-Language: de,en,fr,it,es,pt,nl,sv,da,fi,pl\n",
						404),
				odd("two credentials", "GET /actuator/outbox HTTP/1.1\n{host}{everywhere}{everywhere}", 400),
				odd("a NUL in the credentials",
						"GET /actuator/outbox HTTP/1.1\n{host}Authorization: AWS4-HMAC-SHA256 Signature=" + SECRET_TEXT
								+ "\u0000\n",
						400),
				odd("an Accept that is none", "GET /actuator/health HTTP/1.1\n{host}Accept: a\n", 400, 406),
				odd("an Accept that is none, of metrics", "GET /actuator/prometheus HTTP/1.1\n{host}Accept: a\n", 200,
						400, 406),
				odd("bad percent-encoding in the query", "GET /actuator/metrics?tag=%zz HTTP/1.1\n{host}{everywhere}",
						200, 400),
				odd("a redrive with a coded body",
						"POST /actuator/outbox HTTP/1.1\n{host}{everywhere}{type}Content-Encoding: gzip\nContent-Length: 2\n\n{}",
						400, 415),
				odd("a redrive that is none",
						"POST /actuator/outbox HTTP/1.1\n{host}{everywhere}{type}Content-Length: 1\n\n{", 400),
				odd("a limit that is no number", "GET /actuator/outbox?limit=x HTTP/1.1\n{host}{everywhere}", 200,
						400));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("ofManagement")
	void areAnsweredWithoutAFailureByManagement(Odd odd) {
		var answer = ask(managementPort, odd);

		assertThat(answer.status()).as("%s", answer).isIn(odd.statuses());
		assertThat(answer.text()).doesNotContain("Exception:", "\tat ", "999");
		saysNothing();
	}

	private static void isAProblem(Odd odd, RawAnswer answer) {
		if (answer.isRefusal()) {
			assertThat(answer.headers()).containsKeys("x-amzn-RequestId", "x-amzn-ErrorType");
			if (!odd.request().startsWith("HEAD")) {
				assertThat(answer.contentType()).isEqualTo("application/problem+json");
				assertThat(answer.text()).contains("\"Message\":").contains("\"status\":" + answer.status());
			}
		}
		assertThat(answer.text()).doesNotContain("Exception:", "\tat ", "<html");
	}

	/** As an operator sets it; what the server tells at DEBUG, it reads byte for byte. */
	private void saysNothing() {
		assertThat(log.lines(Level.INFO)).noneMatch(line -> line.contains(SECRET_TEXT))
			.noneMatch(line -> line.contains("\n\tat "));
	}

	private RawAnswer ask(int to, Odd odd) {
		try (var socket = new Socket("localhost", to)) {
			socket.setSoTimeout(20_000);
			var out = socket.getOutputStream();
			out.write(bytesOf(odd.request()));
			out.flush();
			return RawAnswer.parse(Wire.read(socket.getInputStream()));
		}
		catch (IOException failure) {
			throw new UncheckedIOException(odd.what(), failure);
		}
	}

	private byte[] bytesOf(String request) {
		var end = request.contains("\n\n") || request.contains("{body}") ? "" : "Connection: close\n\n";
		var body = sample.json();
		return (request + end).replace("{host}", "Host: localhost\n")
			.replace("{who}", "Authorization: Bearer %s\n".formatted(token("submitter:own-*")))
			.replace("{everywhere}", "Authorization: Bearer %s\n".formatted(token("operator:*")))
			.replace("{day}", NOW.substring(0, 8))
			.replace("{time}", NOW)
			.replace("{type}", "Content-Type: application/json\n")
			.replace("{workflow-list}", "/domains/own-odd/workflows")
			.replace("{workflow}", workflow)
			.replace("{tags}",
					"/tags/arn:aws:profile:eu-central-1:123456789012:" + workflow.substring(1).replace("/", "%2F"))
			.replace("{create}", sample.path())
			.replaceFirst("(?<=[^\n]\n)(?=\n)", "Connection: close\n")
			.replace("{body}",
					"Content-Type: application/json\nConnection: close\nContent-Length: %d\n\n%s"
						.formatted(body.length(), body.replace("\n", " ")))
			.replace("\n", "\r\n")
			.getBytes(ISO_8859_1);
	}

	private static String token(String... roles) {
		return Issuer.token("olga", Map.of("roles", List.of(roles)));
	}

	private static Odd odd(String what, String request, Integer... statuses) {
		return new Odd(what, request, new ArrayList<>(Arrays.asList(statuses)));
	}

	private record Odd(String what, String request, List<Integer> statuses) {

		@Override
		public String toString() {
			return what;
		}

	}

}
