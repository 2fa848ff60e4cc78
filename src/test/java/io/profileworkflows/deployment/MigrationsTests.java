package io.profileworkflows.deployment;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;

import io.profileworkflows.Postgres;
import org.junit.jupiter.api.Test;

import static java.util.Collections.nCopies;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * All replicas of a release start at once, and each migrates.
 */
class MigrationsTests {

	@Test
	void areDoneOnceHoweverManyReplicasBegin() throws InterruptedException {
		var database = Postgres.create("crowd");

		try (var replicas = Executors.newFixedThreadPool(6)) {
			Callable<?> replica = () -> Postgres.migrate(database);
			var starts = replicas.invokeAll(nCopies(6, replica));

			assertThat(starts).allSatisfy(start -> assertThat(start).succeedsWithin(Duration.ZERO));
		}
	}

}
