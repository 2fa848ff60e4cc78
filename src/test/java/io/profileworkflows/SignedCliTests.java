package io.profileworkflows;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * The real AWS CLI against a service that wants to know who calls.
 */
@SecuredTest
class SignedCliTests {

	private static final JsonMapper JSON = new JsonMapper();

	@TempDir
	private static Path home;

	private static AwsCli aws;

	private final URI service;

	SignedCliTests(@LocalServerPort int port) {
		this.service = URI.create("http://localhost:" + port);
	}

	@BeforeAll
	static void findTheCli() {
		var found = AwsCli.find(home);
		assumeThat(found).as("an AWS CLI of version 2, in /usr/bin or on the PATH").isPresent();
		aws = found.orElseThrow()
			.with("AWS_ACCESS_KEY_ID", "AKSUBMITTER")
			.with("AWS_SECRET_ACCESS_KEY", SecuredTest.SECRET);
	}

	@Test
	void createsAndTagsByAProfile() throws IOException {
		var sample = SampleRequest.in("own-cli");
		Files.writeString(home.resolve("credentials"),
				"[crm]\naws_access_key_id = AKSUBMITTER\naws_secret_access_key = %s\n".formatted(SecuredTest.SECRET));
		var unset = aws.with("AWS_ACCESS_KEY_ID", "").with("AWS_SECRET_ACCESS_KEY", "");

		var created = unset.call(service, "create-integration-workflow", "--profile", "crm", "--cli-input-json",
				"file://" + Files.writeString(home.resolve("request.json"), sample.json()));
		assertThat(created.errors()).isEmpty();
		var id = JSON.readTree(created.output()).path("WorkflowId").asString();

		var arn = "arn:aws:profile:eu-central-1:123456789012:domains/own-cli/workflows/" + id;
		assertThat(unset.call(service, "tag-resource", "--profile", "crm", "--resource-arn", arn, "--tags", "a/b=c d+ü")
			.errors()).isEmpty();
		assertThat(unset.call(service, "list-tags-for-resource", "--profile", "crm", "--resource-arn", arn).output())
			.contains("\"a/b\": \"c d+");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			AWS_SECRET_ACCESS_KEY | wrong     | (InvalidSignatureException)    | secret access key may be wrong
			AWS_ACCESS_KEY_ID     | ASIAOTHER | (UnrecognizedClientException)  | keys of its own
			AWS_REGION            | us-east-1 | (InvalidSignatureException)    | set --region
			""")
	void isToldWhatIsWrong(String variable, String value, String error, String advice) {
		var refused = aws.with(variable, value).call(service, "list-workflows", "--domain-name", "own-cli");

		assertThat(refused.exit()).isEqualTo(254);
		assertThat(refused.errors()).contains(error, advice);
	}

	@Test
	void isToldToSign() {
		var refused = aws.call(service, "list-workflows", "--domain-name", "own-cli", "--no-sign-request");

		assertThat(refused.exit()).isEqualTo(254);
		assertThat(refused.errors()).contains("(MissingAuthenticationTokenException)", "leave out --no-sign-request");
	}

	@Test
	void isToldWhatItsRoleLacks() {
		var reader = aws.with("AWS_ACCESS_KEY_ID", "AKREADER");

		assertThat(reader.call(service, "delete-workflow", "--domain-name", "own-cli", "--workflow-id", "0".repeat(32))
			.errors()).contains("(AccessDeniedException)", "Only a submitter of domain own-cli may do this");
		assertThat(reader.call(service, "get-workflow", "--domain-name", "other-cli", "--workflow-id", "0".repeat(32))
			.errors()).contains("(ResourceNotFoundException)");
	}

}
