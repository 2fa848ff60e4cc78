package io.profileworkflows;

import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipFile;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import io.zonky.test.db.postgres.embedded.PgBinaryResolver;

import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * The embedded PostgreSQL of each version that tests run on. That of the class path is
 * the usual one; the build has copied the others to {@code target/postgres}, for Linux on
 * x86-64 only.
 */
public final class PostgresBinaries {

	/** That of the class path. */
	static final int USUAL = 18;

	private static final Path DIRECTORY = Path.of("target", "postgres");

	private PostgresBinaries() {
	}

	/** Which of them these tests run on: {@code -Dpostgres.version=15}. */
	static int version() {
		return Integer.getInteger("postgres.version", USUAL);
	}

	/** A server of the version that these tests run on. */
	public static EmbeddedPostgres.Builder builder() {
		return builder(version());
	}

	public static EmbeddedPostgres.Builder builder(int version) {
		var builder = EmbeddedPostgres.builder();
		return (version != USUAL) ? builder.setPgBinaryResolver(new Copied(version)) : builder;
	}

	/** Skips the test where there is no server of the version. */
	public static void assumeAvailable(int version) {
		if (version != USUAL) {
			assumeThat(System.getProperty("os.name") + " " + System.getProperty("os.arch"))
				.as("the platform that PostgreSQL %d is copied for", version)
				.isEqualTo("Linux amd64");
			assumeThat(new Copied(version).jar()).as("PostgreSQL %d, which ./mvnw process-test-classes copies", version)
				.exists();
		}
	}

	/** Being equal for equal versions, each is unpacked once. */
	private record Copied(int version) implements PgBinaryResolver {

		Path jar() {
			return DIRECTORY.resolve(version + ".jar");
		}

		@Override
		public InputStream getPgBinary(String system, String machine) throws IOException {
			if (!Files.exists(jar())) {
				throw new FileNotFoundException(
						"%s is missing: ./mvnw process-test-classes copies it there".formatted(jar()));
			}
			try (var archive = new ZipFile(jar().toFile())) {
				var binary = archive.getEntry("postgres-linux-x86_64.txz");
				return new ByteArrayInputStream(archive.getInputStream(binary).readAllBytes());
			}
		}

	}

}
