package io.profileworkflows.telemetry;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.info.BuildProperties;
import org.springframework.boot.info.GitProperties;
import org.springframework.stereotype.Component;

/**
 * Shows what runs, so that dashboards can mark releases.
 */
@Component
class BuildMetrics implements MeterBinder {

	private static final String UNKNOWN = "unknown";

	private final @Nullable BuildProperties build;

	private final @Nullable GitProperties git;

	BuildMetrics(ObjectProvider<BuildProperties> build, ObjectProvider<GitProperties> git) {
		this.build = build.getIfAvailable();
		this.git = git.getIfAvailable();
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		Gauge.builder("build.info", () -> 1)
			.description("1, with the version and the commit that run")
			.tag("version", orUnknown((build != null) ? build.getVersion() : null))
			.tag("commit", orUnknown((git != null) ? git.getShortCommitId() : null))
			.register(registry);
	}

	private static String orUnknown(@Nullable String value) {
		return (value != null) ? value : UNKNOWN;
	}

}
