package io.profileworkflows.security;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class GrantsTests {

	@Test
	void includeTheLesserRoles() {
		var grants = grants("submitter:retail-*", "reader:*", "operator:support");

		assertThat(grants.domainsOf(Role.READER).includeEverything()).isTrue();
		assertThat(grants.domainsOf(Role.SUBMITTER)).isEqualTo(Wildcards.of("retail-*", "support"));
		assertThat(grants.domainsOf(Role.OPERATOR)).isEqualTo(Wildcards.of("support"));
	}

	@Test
	void takeDomainsFromElsewhereForARoleThatNamesNone() {
		assertThat(Grant.parse("Reader", List.of("retail", "support"))).get()
			.isEqualTo(new Grant(Role.READER, Wildcards.of("retail", "support")));
		assertThat(Grant.parse("reader:crm", List.of("retail"))).get()
			.isEqualTo(new Grant(Role.READER, Wildcards.of("crm")));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "admin", "reader:", "reader:a/b", "reader:a b", "offline_access", ":*", "reader:a:b" })
	void areNotMadeOfWhatIsNoRole(String text) {
		assertThat(Grant.parse(text, List.of("retail"))).isEmpty();
	}

	@Test
	void areNoneWithoutDomains() {
		var none = new Grants(Grant.parse("operator", List.of()).stream().toList());

		assertThat(none).isEqualTo(Grants.NONE);
		assertThat(none.domainsOf(Role.READER).isEmpty()).isTrue();
	}

	private static Grants grants(String... texts) {
		return new Grants(Stream.of(texts).flatMap(text -> Grant.parse(text, List.of()).stream()).toList());
	}

}
