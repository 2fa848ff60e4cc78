package io.profileworkflows.torture;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * All replicas of a release start at once, on a database without tables.
 */
@Tag("sql")
@OnStage
class FirstStartTests {

	private static final int REPLICAS = 3;

	@Test
	void migratesOnceHoweverManyReplicasBegin(@TempDir Path directory) {
		try (var stage = new Stage(directory)) {
			stage.postgres().empty();
			var replicas = Stream.iterate(1, number -> number + 1)
				.limit(REPLICAS)
				.map(number -> stage.replica("first-" + number))
				.toList();

			replicas.forEach(ServiceProcess::start);
			replicas.forEach(ServiceProcess::awaitReady);

			assertThat(migrations(stage)).isNotEmpty().doesNotHaveDuplicates();
		}
	}

	private static List<String> migrations(Stage stage) {
		return stage.postgres()
			.jdbc()
			.sql("select version from flyway_schema_history where success order by installed_rank")
			.query(String.class)
			.list();
	}

}
