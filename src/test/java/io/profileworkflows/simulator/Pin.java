package io.profileworkflows.simulator;

import java.time.Instant;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A status set by hand, which time no longer changes.
 */
record Pin(String status, @Nullable String description, Instant at) {

	static Pin of(JsonNode json) {
		return new Pin(Json.text(json.path("Status")), Json.textOrNull(json.path("Description")),
				Json.instant(json.path("At")));
	}

	ObjectNode toJson() {
		return Json.object().put("Status", status).put("Description", description).put("At", Json.timestamp(at));
	}

}
