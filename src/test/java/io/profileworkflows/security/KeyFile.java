package io.profileworkflows.security;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.profileworkflows.SecuredTest;

import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * A file with access keys, which the service reads again each second: one for all tests
 * of this JVM.
 */
public final class KeyFile implements ApplicationContextInitializer<ConfigurableApplicationContext> {

	/** The key that it has, of a submitter. */
	static final String KEY = "AKINFILE";

	private static final Path FILE = create();

	@Override
	public void initialize(ConfigurableApplicationContext context) {
		TestPropertyValues
			.of("profile-workflows.security.access-keys-file=" + FILE,
					"profile-workflows.security.access-keys-reload-interval=1s")
			.applyTo(context);
	}

	static void put() {
		put("own-*");
	}

	/** With a role in these domains. */
	static void put(String domains) {
		write("""
				- access-key-id: %s
				  secret-access-key: %s
				  client: fiona
				  roles: submitter
				  domains: '%s'
				""".formatted(KEY, SecuredTest.SECRET, domains));
	}

	static void takeAway() {
		write("[]");
	}

	private static Path create() {
		try {
			var file = Files.createTempFile("access-keys", ".yaml");
			file.toFile().deleteOnExit();
			return Files.writeString(file, "[]");
		}
		catch (IOException failure) {
			throw new UncheckedIOException(failure);
		}
	}

	private static void write(String keys) {
		try {
			Files.writeString(FILE, keys);
		}
		catch (IOException failure) {
			throw new UncheckedIOException(failure);
		}
	}

}
