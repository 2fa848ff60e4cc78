package io.profileworkflows.openapi;

import io.profileworkflows.security.ForAnyCaller;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

import org.springframework.http.MediaType;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Serves {@code openapi.yaml} as it is written, and as JSON.
 */
@RestController
class OpenApiController {

	private final ApiDocument document;

	/** Made once: it costs more than any other answer. */
	private final SingletonSupplier<String> json;

	OpenApiController(ApiDocument document, JsonMapper json) {
		this.document = document;
		this.json = SingletonSupplier.of(() -> json.writeValueAsString(new YAMLMapper().readTree(document.text())));
	}

	@ForAnyCaller
	@GetMapping(path = "/v3/api-docs", produces = MediaType.APPLICATION_JSON_VALUE)
	String json() {
		return json.obtain();
	}

	@ForAnyCaller
	@GetMapping(path = "/v3/api-docs.yaml", produces = "application/vnd.oai.openapi")
	String yaml() {
		return document.text();
	}

}
