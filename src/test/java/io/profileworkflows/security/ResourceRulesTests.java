package io.profileworkflows.security;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.profileworkflows.SampleRequest;
import io.profileworkflows.integration.Checked;
import io.profileworkflows.integration.Violation;
import io.profileworkflows.security.SecuritySettings.Allowed;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ResourceRulesTests {

	private static final String FLOW = "/IntegrationConfig/AppflowIntegration/FlowDefinition";

	private final SampleRequest sample = SampleRequest.in("retail-eu")
		.role("arn:aws:iam::123456789012:role/retail/ingest")
		.with(FLOW + "/KmsArn", "arn:aws:kms:eu-central-1:123456789012:key/retail")
		.with(FLOW + "/SourceFlowConfig/ConnectorProfileName", "retail-sales");

	@Test
	void allowEverythingWhereNothingIsConfigured() {
		assertThat(violations()).isEmpty();
	}

	@Test
	void allowWhatIsListedForTheDomain() {
		assertThat(violations(
				new Allowed(Set.of("retail-*"), Set.of("*:role/retail/*"), Set.of("*:key/retail"), Set.of("retail-*"))))
			.isEmpty();
		assertThat(violations(new Allowed(Set.of("*"), Set.of("*:role/all/*"), Set.of(), Set.of()),
				new Allowed(Set.of("retail-eu"), Set.of("*:role/retail/*"), Set.of(), Set.of())))
			.as("by any entry")
			.isEmpty();
	}

	@Test
	void refuseWhatIsListedForAnotherDomain() {
		assertThat(violations(new Allowed(Set.of("crm-*"), Set.of("*"), Set.of("*"), Set.of("*"))))
			.containsExactly("/RoleArn", FLOW + "/KmsArn", FLOW + "/SourceFlowConfig/ConnectorProfileName");
	}

	@Test
	void refuseWhatIsNotListed() {
		assertThat(violations(
				new Allowed(Set.of("*"), Set.of("arn:aws:iam::999999999999:role/*"), Set.of("*"), Set.of("crm-*"))))
			.containsExactly("/RoleArn", FLOW + "/SourceFlowConfig/ConnectorProfileName");
	}

	@Test
	void doNotRestrictAKindThatNoEntryNames() {
		assertThat(violations(new Allowed(Set.of("crm-*"), Set.of(), Set.of("*"), Set.of())))
			.containsExactly(FLOW + "/KmsArn");
	}

	@Test
	void tellWhatIsAtFaultWithoutItsValue() {
		var rules = rules(new Allowed(Set.of("*"), Set.of("nothing"), Set.of(), Set.of()));

		assertThatExceptionOfType(ResourceNotAllowed.class).isThrownBy(() -> rules.require(sample.request()))
			.withMessage("Domain retail-eu may not use what the request names: /RoleArn")
			.satisfies(refused -> assertThat(refused.violations()).extracting(Violation::message)
				.containsExactly("must be one that domain retail-eu may use, which operators configure"));
	}

	private List<String> violations(Allowed... allowed) {
		return rules(allowed).check(new Checked<>(sample.request(), List.of(), List.of()))
			.violations()
			.stream()
			.map(Violation::pointer)
			.toList();
	}

	private static ResourceRules rules(Allowed... allowed) {
		return new ResourceRules(new SecuritySettings(true, List.of(), null, Duration.ofSeconds(5),
				new SecuritySettings.Claims("sub", "roles", "domains", Map.of()), List.of(allowed)));
	}

}
