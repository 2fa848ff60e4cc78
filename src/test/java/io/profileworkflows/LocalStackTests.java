package io.profileworkflows;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

@LocalStackTest
class LocalStackTests {

	@Test
	void hasTheServicesThatPreflightAsks() throws IOException, InterruptedException {
		try (var http = HttpClient.newHttpClient()) {
			var health = http
				.send(HttpRequest.newBuilder(URI.create(LocalStack.endpoint() + "/_localstack/health")).build(),
						BodyHandlers.ofString())
				.body();

			assertThat(LocalStack.SERVICES).allSatisfy(
					service -> assertThat(JsonMapper.shared().readTree(health).at("/services/" + service).asString(""))
						.isIn("available", "running"));
		}
	}

}
