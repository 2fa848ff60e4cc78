package io.profileworkflows.workflow;

import java.util.List;

import io.profileworkflows.integration.CreateIntegrationWorkflow;
import io.profileworkflows.integration.DocumentWriter;
import io.profileworkflows.integration.ImportSince;
import io.profileworkflows.integration.Violation;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.stereotype.Component;

/**
 * Turns requests and their warnings into what is stored, and back.
 */
@Component
class AcceptedDocuments {

	private static final TypeReference<List<Violation>> WARNINGS = new TypeReference<>() {
	};

	private static final TypeReference<List<Candidate>> CANDIDATES = new TypeReference<>() {
	};

	private final DocumentWriter writer;

	private final JsonMapper json = JsonMapper.builder().build();

	AcceptedDocuments(DocumentWriter writer) {
		this.writer = writer;
	}

	AcceptedDocument of(CreateIntegrationWorkflow request, List<Violation> warnings) {
		var written = writer.write(request);
		return new AcceptedDocument(written, writer.digest(written), json.writeValueAsString(warnings));
	}

	/**
	 * The same of a request whose batches may have been computed.
	 * @param importSince null where none are computed
	 */
	AcceptedDocument of(CreateIntegrationWorkflow request, List<Violation> warnings,
			@Nullable ImportSince importSince) {
		var document = of(request, warnings);
		return (importSince != null && importSince.hasFilled(request))
				? document.withDigest(writer.digest(request, importSince)) : document;
	}

	CreateIntegrationWorkflow read(String request) {
		return writer.readStored(request);
	}

	List<Violation> readWarnings(String warnings) {
		return json.readValue(warnings, WARNINGS);
	}

	String writeCandidates(List<Candidate> candidates) {
		return json.writeValueAsString(candidates);
	}

	List<Candidate> readCandidates(String candidates) {
		return json.readValue(candidates, CANDIDATES);
	}

}
