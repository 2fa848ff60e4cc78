package io.profileworkflows.outbox;

import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.SecurityContext;
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

	/** Of parked work, and of what was redriven. */
	private static final int MOST_SHOWN = 100;

	/** Characters; as long as the reasons of the other decisions may be. */
	private static final int LONGEST_REASON = 500;

	private final Outbox outbox;

	private final Redrives redrives;

	OutboxEndpoint(Outbox outbox, Redrives redrives) {
		this.outbox = outbox;
		this.redrives = redrives;
	}

	@ReadOperation
	View show() {
		return new View(outbox.backlog(), outbox.parked(MOST_SHOWN), redrives.latest(MOST_SHOWN));
	}

	/**
	 * Redrives one subject's work, or all that is parked of a kind.
	 */
	@WriteOperation
	Answer redrive(SecurityContext caller, String reason, @Nullable String subject, @Nullable String kind) {
		require(!reason.isBlank() && reason.length() <= LONGEST_REASON,
				"reason must say why, in at most %s characters".formatted(LONGEST_REASON));
		require((subject == null) != (kind == null), "Name either a subject or a kind to redrive");
		var redrive = new Redrive((caller.getPrincipal() != null) ? caller.getPrincipal().getName() : "anonymous",
				reason);
		try {
			return new Answer((subject != null) ? redrives.ofSubject(subject, redrive)
					: redrives.ofKind(Objects.requireNonNull(kind), redrive));
		}
		catch (RedriveRefused failure) {
			throw invalid(Objects.requireNonNull(failure.getMessage()));
		}
	}

	private static void require(boolean condition, String message) {
		if (!condition) {
			throw invalid(message);
		}
	}

	private static InvalidEndpointRequestException invalid(String message) {
		return new InvalidEndpointRequestException(message, message);
	}

	record View(List<Backlog> backlog, List<ParkedWork> parked, List<Redrives.Redriven> redriven) {
	}

	record Answer(int redriven) {
	}

}
