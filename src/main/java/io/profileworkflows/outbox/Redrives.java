package io.profileworkflows.outbox;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Redrives parked work, and records who asked for it and why.
 */
@Component
public class Redrives {

	private final Outbox outbox;

	private final Map<String, WorkHandler> handlers;

	private final JdbcClient jdbc;

	private final TransactionTemplate transaction;

	Redrives(Outbox outbox, ObjectProvider<WorkHandler> handlers, JdbcClient jdbc, TransactionTemplate transaction) {
		this.outbox = outbox;
		this.handlers = handlers.stream().collect(Collectors.toMap(WorkHandler::kind, handler -> handler));
		this.jdbc = jdbc;
		this.transaction = transaction;
	}

	/**
	 * @return how many pieces of work that were: one, or none if the subject has no
	 * parked work
	 * @throws RedriveRefused when somebody has to decide otherwise about it
	 */
	public int ofSubject(String subject, Redrive redrive) {
		return carryOut(outbox.parkedOf(subject), redrive);
	}

	/**
	 * @return how many pieces of work that were
	 * @throws RedriveRefused when somebody has to decide otherwise about that kind
	 */
	public int ofKind(String kind, Redrive redrive) {
		return carryOut(outbox.parkedOfKind(kind), redrive);
	}

	/** The latest first. */
	public List<Redriven> latest(int limit) {
		return jdbc.sql("""
				select kind, subject, domain, parked_reason, redriven_at, redriven_by, reason from outbox_redrive
				order by id desc limit :limit
				""").param("limit", limit).query(Redriven.class).list();
	}

	private int carryOut(List<ParkedWork> works, Redrive redrive) {
		return (int) works.stream().filter(work -> carryOut(work, redrive)).count();
	}

	private boolean carryOut(ParkedWork work, Redrive redrive) {
		return Boolean.TRUE.equals(transaction.execute(status -> {
			var handler = handlers.get(work.kind());
			if (handler != null) {
				// first: whatever it locks is locked before the work, as everywhere
				handler.redriven(work, redrive);
			}
			var isRedriven = outbox.redrive(work.subject());
			if (isRedriven) {
				remember(work, redrive);
			}
			else {
				status.setRollbackOnly();
			}
			return isRedriven;
		}));
	}

	private void remember(ParkedWork work, Redrive redrive) {
		jdbc.sql("""
				insert into outbox_redrive (kind, subject, domain, parked_reason, redriven_by, reason)
				values (:kind, :subject, :domain, :parkedReason, :actor, :reason)
				""")
			.param("kind", work.kind())
			.param("subject", work.subject())
			.param("domain", work.domain())
			.param("parkedReason", work.reason())
			.param("actor", redrive.actor())
			.param("reason", redrive.reason())
			.update();
	}

	/**
	 * Work that was parked once, and that an operator redrove.
	 */
	public record Redriven(String kind, String subject, String domain, String parkedReason, Instant redrivenAt,
			String redrivenBy, String reason) {
	}

}
