package io.profileworkflows.security;

import java.io.IOException;
import java.net.Socket;

import io.profileworkflows.SecuredTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

@SecuredTest
class HeadersTests {

	@LocalServerPort
	int port;

	@LocalManagementPort
	int managementPort;

	@ParameterizedTest
	@ValueSource(strings = { "/workflows", "/domains/own-x/workflows/00000000000000000000000000000000", "/nowhere",
			"/swagger-ui/index.html", "/v3/api-docs" })
	void tellBrowsersToBeCareful(String path) {
		areCareful(Ask.to(port, "GET", path).signed("AKREADER", SecuredTest.SECRET).send());
		areCareful(Ask.to(port, "GET", path).send());
	}

	@Test
	void tellBrowsersToBeCarefulWithActuator() {
		areCareful(Ask.to(managementPort, "GET", "/actuator/health").send());
		areCareful(Ask.to(managementPort, "GET", "/actuator/outbox").send());
	}

	@Test
	void letThePageOfTheApiHaveItsOwnScriptsAndStyles() {
		var page = Ask.to(port, "GET", "/swagger-ui/index.html").signed("AKREADER", SecuredTest.SECRET).send();

		assertThat(page.text()).as("no script within the page, which would not be let run")
			.doesNotContainPattern("<script[^>]*>[^<\\s]")
			.doesNotContain("https://", "http://");
		assertThat(page.header("Content-Security-Policy")).contains("default-src 'self'",
				"style-src 'self' 'unsafe-inline'", "img-src 'self' data:");
	}

	@Test
	void areThereBeforeAnyFilterSawTheRequest() throws IOException {
		try (var socket = new Socket("localhost", port)) {
			socket.setSoTimeout(20_000);
			socket.getOutputStream()
				.write("GET /%zz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".getBytes(ISO_8859_1));

			assertThat(new String(socket.getInputStream().readAllBytes(), ISO_8859_1)).startsWith("HTTP/1.1 400")
				.contains("X-Content-Type-Options: nosniff", "Cache-Control: no-store")
				.doesNotContainIgnoringCase("\nServer:");
		}
	}

	private static void areCareful(Ask.Answer answer) {
		assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
		assertThat(answer.header("X-Frame-Options")).isEqualTo("DENY");
		assertThat(answer.header("Content-Security-Policy")).contains("frame-ancestors 'none'");
		assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
		assertThat(answer.header("Cache-Control")).contains("no-store");
		assertThat(answer.header("Server")).isNull();
		assertThat(answer.header("X-Powered-By")).isNull();
		assertThat(answer.header("Set-Cookie")).isNull();
		assertThat(answer.header("Strict-Transport-Security")).as("not without TLS").isNull();
	}

}
