package io.profileworkflows.http;

import io.profileworkflows.integration.Checked;
import io.profileworkflows.integration.CreateIntegrationWorkflow;
import io.profileworkflows.integration.DocumentReader;
import io.profileworkflows.integration.ImportSince;
import io.profileworkflows.security.Computing;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Reads the documents of requests. A small document can take long to read and check, so
 * the threads that answer requests do not do it.
 */
@Component
public class Documents {

	private final DocumentReader reader;

	private final Computing computing;

	Documents(DocumentReader reader, Computing computing) {
		this.reader = reader;
		this.computing = computing;
	}

	/** Reads a document into a record of its members. */
	public <T extends Record> Checked<T> read(RequestDocument document, Class<T> type) {
		return computing.compute(() -> reader.read(document.content(), document.format(), type));
	}

	/**
	 * Reads a request whose domain is named in its path.
	 * @param importSince null where no batches are computed
	 */
	public Checked<CreateIntegrationWorkflow> readRequest(RequestDocument document, String domainName,
			@Nullable ImportSince importSince) {
		return computing
			.compute(() -> reader.readRequest(document.content(), document.format(), domainName, importSince));
	}

}
