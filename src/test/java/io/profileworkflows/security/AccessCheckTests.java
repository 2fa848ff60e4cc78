package io.profileworkflows.security;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

/**
 * What it takes for the domain of a request; the rest is in {@link AccessMatrixTests}.
 */
class AccessCheckTests {

	private static final String ARN = "arn:aws:profile:eu-central-1:123456789012:domains/";

	@Test
	void findsTheDomainInThePathOrInTheArn() {
		assertThat(AccessCheck.domainOf(Map.of("domainName", "retail"))).isEqualTo("retail");
		assertThat(AccessCheck.domainOf(Map.of("resourceArn", ARN + "retail/workflows/1"))).isEqualTo("retail");
		assertThat(AccessCheck.domainOf(Map.of("resourceArn", ARN + "retail"))).isEqualTo("retail");
		assertThat(AccessCheck.domainOf(Map.of())).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "re tail", "retail\u0085", "*", "" })
	void refusesWhatIsNoNameOfADomain(String name) {
		assertThatThrownBy(() -> AccessCheck.domainOf(Map.of("domainName", name))).isInstanceOf(MalformedName.class);
		assertThat(AccessCheck.domainOf(Map.of("resourceArn", ARN + name + "/workflows/1"))).isEmpty();
	}

	@Test
	void looksIntoAnArnInTimeThatGrowsWithItsLength() {
		var longest = ARN + "a".repeat(400_000) + "/\u0085";

		var domain = assertTimeoutPreemptively(Duration.ofSeconds(20),
				() -> AccessCheck.domainOf(Map.of("resourceArn", longest)));

		assertThat(domain).isEmpty();
	}

}
