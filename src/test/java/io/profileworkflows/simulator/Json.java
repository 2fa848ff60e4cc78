package io.profileworkflows.simulator;

import java.math.BigDecimal;
import java.time.Instant;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON as AWS writes it: timestamps are epoch seconds with a fraction of milliseconds.
 */
final class Json {

	static final JsonMapper MAPPER = JsonMapper.builder()
		.enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
		.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
		.disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
		.build();

	private Json() {
	}

	static ObjectNode object() {
		return MAPPER.createObjectNode();
	}

	static BigDecimal timestamp(Instant instant) {
		return BigDecimal.valueOf(instant.toEpochMilli(), 3);
	}

	static Instant instant(JsonNode timestamp) {
		return Instant.ofEpochMilli(timestamp.decimalValue().movePointRight(3).longValue());
	}

	static String text(JsonNode node) {
		return node.isString() ? node.stringValue() : "";
	}

	static @Nullable String textOrNull(JsonNode node) {
		return node.isString() ? node.stringValue() : null;
	}

}
