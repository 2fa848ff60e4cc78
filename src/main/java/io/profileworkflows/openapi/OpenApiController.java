package io.profileworkflows.openapi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

import io.profileworkflows.security.ForAnyCaller;
import io.profileworkflows.workflow.WorkflowSettings;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

import org.springframework.core.io.ClassPathResource;
import org.springframework.http.MediaType;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Serves {@code openapi.yaml} as it is written, and as JSON. Examples get the account and
 * Region of this deployment, so that they work when pasted.
 */
@RestController
class OpenApiController {

	private static final String ACCOUNT_IN_FILE = "123456789012";

	private static final String REGION_IN_FILE = "eu-central-1";

	private final WorkflowSettings settings;

	/** Made once: it costs more than any other answer. */
	private final SingletonSupplier<String> json;

	OpenApiController(WorkflowSettings settings, JsonMapper json) {
		this.settings = settings;
		this.json = SingletonSupplier.of(() -> json.writeValueAsString(new YAMLMapper().readTree(text())));
	}

	@ForAnyCaller
	@GetMapping(path = "/v3/api-docs", produces = MediaType.APPLICATION_JSON_VALUE)
	String json() {
		return json.obtain();
	}

	@ForAnyCaller
	@GetMapping(path = "/v3/api-docs.yaml", produces = "application/vnd.oai.openapi")
	String yaml() {
		return text();
	}

	private String text() {
		try {
			return new ClassPathResource("openapi.yaml").getContentAsString(StandardCharsets.UTF_8)
				.replace(ACCOUNT_IN_FILE, settings.accountId())
				.replace(REGION_IN_FILE, settings.region());
		}
		catch (IOException failure) {
			throw new UncheckedIOException(failure);
		}
	}

}
