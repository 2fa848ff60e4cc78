package io.profileworkflows.integration;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

import com.fasterxml.jackson.annotation.JsonInclude;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.stereotype.Component;

/**
 * Writes requests in one canonical form: members sorted, absent members left out, times
 * as exact seconds. Requests with the same meaning have the same form.
 */
@Component
public class DocumentWriter {

	private final JsonMapper mapper = JsonMapper.builder()
		.changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
		.enable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS, DateTimeFeature.WRITE_DATE_TIMESTAMPS_AS_NANOSECONDS)
		.enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED, JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
		.enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
		.build();

	public String write(CreateIntegrationWorkflow request) {
		// only a tree is sorted throughout, maps and members alike
		return mapper.writeValueAsString(mapper.<JsonNode>valueToTree(request));
	}

	/**
	 * Reads what {@link #write} wrote. It was checked before, and is not checked again:
	 * rules may have become stricter since, and time has passed.
	 */
	public CreateIntegrationWorkflow readStored(String json) {
		try {
			var binder = new RecordBinder(DocumentFormat.JSON);
			var document = DocumentParser.parse(json.getBytes(StandardCharsets.UTF_8), DocumentFormat.JSON);
			var request = binder.bind(document, CreateIntegrationWorkflow.class);
			if (!binder.mistakes().isEmpty()) {
				throw new IllegalStateException("A stored request does not fit its records: " + binder.mistakes());
			}
			return request;
		}
		catch (DocumentParser.Unreadable failure) {
			throw new IllegalStateException("A stored request is not what was written: " + failure.violation(),
					failure);
		}
	}

	/**
	 * Equal for requests that mean the same, however they were written.
	 * @param written what {@link #write} wrote
	 * @return its SHA-256
	 */
	public byte[] digest(String written) {
		return digest(written.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Equal for requests that ask for the same history, whenever they do.
	 * @param request whose batches were computed
	 * @return a SHA-256
	 */
	public byte[] digest(CreateIntegrationWorkflow request, ImportSince importSince) {
		return digest(importSince.asked(write(request.withoutBatches())));
	}

	private static byte[] digest(byte[] content) {
		try {
			return MessageDigest.getInstance("SHA-256").digest(content);
		}
		catch (NoSuchAlgorithmException failure) {
			throw new IllegalStateException("Every Java has SHA-256", failure);
		}
	}

}
