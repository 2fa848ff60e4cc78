package io.profileworkflows.start;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.io.support.SpringFactoriesLoader;

/**
 * Checks what can fail before anything is loaded: all missing settings at once, and ports
 * that other processes use.
 */
public final class Prerequisites implements ApplicationContextInitializer<ConfigurableApplicationContext> {

	private final List<Prerequisite> settings;

	private final boolean listens;

	private Prerequisites(List<Prerequisite> settings, boolean listens) {
		this.settings = settings;
		this.listens = listens;
	}

	/** What each module needs, and the ports. */
	public static Prerequisites ofService() {
		return new Prerequisites(SpringFactoriesLoader.forDefaultResourceLocation().load(Prerequisite.class), true);
	}

	/** The database alone. */
	public static Prerequisites ofMigration() {
		return new Prerequisites(List.of(new DatabasePrerequisite()), false);
	}

	@Override
	public void initialize(ConfigurableApplicationContext context) {
		var environment = context.getEnvironment();
		var missing = settings.stream()
			.map(prerequisite -> prerequisite.missingFrom(environment))
			.filter(Objects::nonNull)
			.toList();
		if (!missing.isEmpty()) {
			throw new CannotStart(names(missing),
					"""
							Set them as variables of the environment, or as properties of the same name.

							A first try needs none of them: with the sources, ./mvnw spring-boot:test-run brings a database and \
							a simulated AWS.""");
		}
		if (listens) {
			Port.all(environment).forEach(Port::requireFree);
		}
	}

	private static String names(List<Missing> settings) {
		return settings.stream()
			.map(Missing::lines)
			.collect(Collectors.joining("", "The service cannot start without these settings:%n%n".formatted(), ""))
			.stripTrailing();
	}

}
