package io.profileworkflows.integration;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;

import io.profileworkflows.deployment.Deployment;
import jakarta.validation.Validation;

import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.validation.beanvalidation.SpringConstraintValidatorFactory;

/**
 * Readers at a time that stands still, with no more of Spring than it takes to make their
 * rules.
 */
final class Readers {

	static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

	private static final List<SourceConnectorType> DEFAULT = List.of(SourceConnectorType.Salesforce,
			SourceConnectorType.Servicenow, SourceConnectorType.Marketo);

	private static final Deployment HERE = new Deployment("000000000000", "eu-central-1");

	private Readers() {
	}

	static DocumentReader byDefault() {
		return with(new ConnectorsSettings(DEFAULT, Set.of()), HERE);
	}

	static DocumentReader allowingAllConnectors() {
		return with(new ConnectorsSettings(List.of(SourceConnectorType.values()), Set.of()), HERE);
	}

	static DocumentReader requiringTimestampFieldFor(SourceConnectorType type) {
		return with(new ConnectorsSettings(DEFAULT, Set.of(type)), HERE);
	}

	static DocumentReader at(Deployment deployment) {
		return with(new ConnectorsSettings(DEFAULT, Set.of()), deployment);
	}

	private static DocumentReader with(ConnectorsSettings settings, Deployment deployment) {
		var context = new AnnotationConfigApplicationContext();
		context.registerBean(ConnectorsSettings.class, () -> settings);
		context.registerBean(Deployment.class, () -> deployment);
		context.registerBean(Clock.class, () -> Clock.fixed(NOW, ZoneOffset.UTC));
		context.refresh();
		return new DocumentReader(Validation.byDefaultProvider()
			.configure()
			.constraintValidatorFactory(new SpringConstraintValidatorFactory(context.getAutowireCapableBeanFactory()))
			.buildValidatorFactory()
			.getValidator());
	}

}
