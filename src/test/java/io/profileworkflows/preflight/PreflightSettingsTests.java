package io.profileworkflows.preflight;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.convert.ApplicationConversionService;

import static org.assertj.core.api.Assertions.assertThat;

class PreflightSettingsTests {

	@ParameterizedTest
	@CsvSource({ "off, OFF", "warn, WARN", "REFUSE, REFUSE" })
	void areWrittenInSmallLetters(String text, OnCreate expected) {
		assertThat(bind(text).onCreate()).isEqualTo(expected);
	}

	@Test
	void takeYamlsWordForOff() {
		assertThat(bind(false).onCreate()).isEqualTo(OnCreate.OFF);
	}

	private static PreflightSettings bind(Object onCreate) {
		var source = new MapConfigurationPropertySource(Map.of("preflight.on-create", onCreate, "preflight.checks",
				"domain, KMS_KEY, domain-kms-key", "preflight.time-limit", "5s", "preflight.remember-for", "1m",
				"preflight.integrations-per-domain", 50));
		var settings = new Binder(List.of(source), null, ApplicationConversionService.getSharedInstance())
			.bind("preflight", PreflightSettings.class)
			.get();

		assertThat(settings.checks()).containsExactlyInAnyOrder(Check.DOMAIN, Check.KMS_KEY, Check.DOMAIN_KMS_KEY);
		assertThat(settings.timeLimit()).isEqualTo(Duration.ofSeconds(5));
		return settings;
	}

}
