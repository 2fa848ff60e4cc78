package io.profileworkflows.ui;

import java.util.Map;

import io.profileworkflows.http.Documents;
import io.profileworkflows.http.ReasonBody;
import io.profileworkflows.http.RequestDocument;
import io.profileworkflows.integration.DocumentFormat;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.stereotype.Component;

/**
 * Reads what somebody filled in as the body that the API takes for the same, so that the
 * same is wrong with it.
 */
@Component
class Forms {

	private final Documents documents;

	private final JsonMapper json;

	Forms(Documents documents, JsonMapper json) {
		this.documents = documents;
		this.json = json;
	}

	<T extends Record> T read(Map<String, ?> members, Class<T> type) {
		return documents.read(new RequestDocument(json.writeValueAsBytes(members), DocumentFormat.JSON), type)
			.require();
	}

	String reason(String reason) {
		return read(Map.of("Reason", reason.strip()), ReasonBody.class).reason();
	}

}
