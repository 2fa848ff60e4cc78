package io.profileworkflows.outbox;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.stereotype.Component;

/**
 * Lets operators see the outbox, and redrive what is parked in it.
 */
@Component
@Endpoint(id = "outbox")
class OutboxEndpoint {

	private static final int MOST_PARKED = 100;

	private final Outbox outbox;

	OutboxEndpoint(Outbox outbox) {
		this.outbox = outbox;
	}

	@ReadOperation
	View show() {
		return new View(outbox.backlog(), outbox.parked(MOST_PARKED));
	}

	/**
	 * Redrives one subject's work, or all that is parked of a kind.
	 */
	@WriteOperation
	Redriven redrive(@Nullable String subject, @Nullable String kind) {
		if ((subject == null) == (kind == null)) {
			throw new InvalidEndpointRequestException("Name either a subject or a kind to redrive",
					"Name either a subject or a kind to redrive");
		}
		if (kind != null) {
			return new Redriven(outbox.redriveAll(kind));
		}
		return new Redriven(subject != null && outbox.redrive(subject) ? 1 : 0);
	}

	record View(List<Backlog> backlog, List<ParkedWork> parked) {
	}

	record Redriven(int redriven) {
	}

}
