package io.profileworkflows.bulk.web;

import java.util.List;

import io.profileworkflows.bulk.BulkFormat;
import io.profileworkflows.http.BodyTypes;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.http.MediaType;
import org.springframework.web.HttpMediaTypeNotSupportedException;

/**
 * What a body with many requests may be.
 */
final class BulkTypes {

	private static final List<MediaType> JSON_LINES = List.of(MediaType.valueOf("application/x-ndjson"),
			MediaType.valueOf("application/ndjson"), MediaType.valueOf("application/jsonl"),
			MediaType.valueOf("application/x-jsonlines"));

	private static final List<MediaType> SUPPORTED = List.of(JSON_LINES.getFirst(), MediaType.APPLICATION_JSON,
			MediaType.APPLICATION_YAML);

	private BulkTypes() {
	}

	/** Where nothing says so, it is a list in JSON. */
	static BulkFormat formatOf(HttpServletRequest request) throws HttpMediaTypeNotSupportedException {
		BodyTypes.requireNotCoded(request);
		var mediaType = BodyTypes.of(request.getContentType(), SUPPORTED);
		if (mediaType == null || BodyTypes.isJson(mediaType)) {
			return BulkFormat.JSON_ARRAY;
		}
		if (BodyTypes.isYaml(mediaType)) {
			return BulkFormat.YAML_DOCUMENTS;
		}
		if (JSON_LINES.stream().anyMatch(lines -> lines.includes(mediaType))) {
			return BulkFormat.JSON_LINES;
		}
		throw new HttpMediaTypeNotSupportedException(mediaType, SUPPORTED);
	}

}
