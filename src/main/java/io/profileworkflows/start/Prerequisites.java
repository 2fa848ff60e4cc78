package io.profileworkflows.start;

import java.util.List;
import java.util.Objects;

import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.io.support.SpringFactoriesLoader;

/**
 * Looks at what can be known to fail before anything is loaded: all missing settings at
 * once, and ports that others use.
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
			throw new SettingsMissing(missing);
		}
		if (listens) {
			Port.all(environment).forEach(Port::requireFree);
		}
	}

}
