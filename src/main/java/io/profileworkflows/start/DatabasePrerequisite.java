package io.profileworkflows.start;

import org.jspecify.annotations.Nullable;

import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * The address of the database, as the driver wants it. Many tools have another form.
 */
class DatabasePrerequisite implements Prerequisite {

	private static final String VARIABLE = "SPRING_DATASOURCE_URL";

	private static final String PREFIX = "jdbc:postgresql:";

	private static final String EXAMPLE = """
			%s//localhost:5432/workflows
			with SPRING_DATASOURCE_USERNAME and SPRING_DATASOURCE_PASSWORD""".formatted(PREFIX);

	@Override
	public @Nullable Missing missingFrom(Environment environment) {
		var url = of(environment);
		if (!StringUtils.hasText(url)) {
			return environment.containsProperty("spring.datasource.jndi-name") ? null
					: new Missing(VARIABLE, "the PostgreSQL database, such as " + EXAMPLE);
		}
		return url.startsWith(PREFIX) ? null : new Missing(VARIABLE,
				"begins with \"%s\", but has to look like %s".formatted(schemeOf(url), EXAMPLE));
	}

	static String of(Environment environment) {
		return environment.getProperty("spring.datasource.url", "");
	}

	/** Without its parameters, one of which may be a password. */
	static String withoutSecrets(String url) {
		var parameters = url.indexOf('?');
		return (parameters >= 0) ? url.substring(0, parameters) : url;
	}

	/** No more than that: what comes behind may be a password. */
	private static String schemeOf(String url) {
		var end = url.indexOf("//");
		return (end > 0) ? url.substring(0, end + 2) : url.substring(0, Math.min(url.length(), 5));
	}

}
