package io.profileworkflows.bulk;

import java.io.IOException;
import java.io.InputStream;

import io.profileworkflows.integration.CreateIntegrationWorkflow;
import io.profileworkflows.integration.DocumentFormat;
import io.profileworkflows.integration.DocumentReader;

/**
 * The ways to put many requests into one body.
 */
public enum BulkFormat {

	/** NDJSON: one in each line. */
	JSON_LINES(DocumentFormat.JSON),
	/** A list of them. */
	JSON_ARRAY(DocumentFormat.JSON),
	/** Documents with {@code ---} between them. */
	YAML_DOCUMENTS(DocumentFormat.YAML);

	private final DocumentFormat each;

	BulkFormat(DocumentFormat each) {
		this.each = each;
	}

	/** What each request is written in. */
	DocumentFormat each() {
		return each;
	}

	Pieces pieces(InputStream body) throws IOException {
		var source = new ByteSource(body);
		var most = DocumentReader.mostBytes(CreateIntegrationWorkflow.class, each);
		return switch (this) {
			case JSON_LINES -> new JsonLines(source, most);
			case JSON_ARRAY -> new JsonArray(source, most);
			case YAML_DOCUMENTS -> new YamlDocuments(source, most);
		};
	}

}
