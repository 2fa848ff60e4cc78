package io.profileworkflows.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.stereotype.Component;

/**
 * Whether the database answers, told within {@link #PATIENCE} whatever has become of it:
 * a probe of Kubernetes waits for 3 seconds. One connection and one thread are kept for
 * that alone, so that neither a pool without a free connection nor the many who ask delay
 * the answer or take connections from others.
 */
@Component("dbHealthIndicator")
class DatabaseHealth implements HealthIndicator, DisposableBean {

	static final String APPLICATION_NAME = "profile-workflows health";

	static final Duration PATIENCE = Duration.ofSeconds(2);

	/**
	 * Anybody may ask, as often as they like: the database is asked no more often than
	 * this.
	 */
	private static final Duration FRESH = Duration.ofSeconds(1);

	private static final Logger log = LoggerFactory.getLogger(DatabaseHealth.class);

	private final Opening opening;

	/** Takes nothing over from the request that happens to be the first to ask. */
	private final ExecutorService thread = Executors.newSingleThreadExecutor(
			Thread.ofPlatform().daemon().inheritInheritableThreadLocals(false).name("database-health").factory());

	private @Nullable Look latest;

	private volatile @Nullable Connection connection;

	@Autowired
	DatabaseHealth(ObjectProvider<JdbcConnectionDetails> database, DataSource pool) {
		this(opening(database.getIfAvailable(), pool));
	}

	DatabaseHealth(Opening opening) {
		this.opening = opening;
	}

	private static Opening opening(@Nullable JdbcConnectionDetails database, DataSource pool) {
		return (database == null) ? pool::getConnection
				: () -> OwnConnection.open(database, APPLICATION_NAME, (int) PATIENCE.toSeconds());
	}

	@Override
	public Health health() {
		try {
			return latest().answer().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (TimeoutException _) {
			return down("it has not answered within %s s".formatted(PATIENCE.toSeconds()));
		}
		catch (ExecutionException failure) {
			log.warn("The database could not be asked", failure);
			return down(Failure.reason(failure));
		}
		catch (InterruptedException _) {
			Thread.currentThread().interrupt();
			return down("nobody waited for its answer");
		}
	}

	private static Health down(String reason) {
		return Health.down().withDetail("error", reason).build();
	}

	/** All who ask while it is looked share that look. */
	private synchronized Look latest() {
		var look = latest;
		if (look == null || look.isOver(System.nanoTime())) {
			look = new Look(System.nanoTime(), CompletableFuture.supplyAsync(this::look, thread));
			latest = look;
		}
		return look;
	}

	private Health look() {
		try {
			var open = connection;
			if (open == null || !open.isValid((int) PATIENCE.toSeconds())) {
				close();
				open = opening.open();
				connection = open;
				if (!open.isValid((int) PATIENCE.toSeconds())) {
					return down("a new connection is of no use");
				}
			}
			if (isReadOnly(open)) {
				// the next look may find the primary at the same address
				close();
				return down("it is read-only");
			}
			return Health.up().build();
		}
		catch (SQLException failure) {
			log.debug("The database does not answer", failure);
			return down(Failure.reason(failure));
		}
	}

	/** As a standby is, or a database whose storage is full at some providers. */
	private static boolean isReadOnly(Connection connection) throws SQLException {
		try (var statement = connection.createStatement();
				var row = statement.executeQuery("select current_setting('transaction_read_only')")) {
			row.next();
			return row.getString(1).equals("on");
		}
	}

	private void close() throws SQLException {
		var open = connection;
		connection = null;
		if (open != null) {
			open.close();
		}
	}

	@Override
	public void destroy() throws SQLException {
		thread.shutdownNow();
		close();
	}

	interface Opening {

		Connection open() throws SQLException;

	}

	private record Look(long begun, CompletableFuture<Health> answer) {

		boolean isOver(long now) {
			return answer.isDone() && now - begun >= FRESH.toNanos();
		}

	}

}
