package io.profileworkflows.preflight;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class TrustPolicyTests {

	private static final String SERVICE = "profile.amazonaws.com";

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			"Principal": {"Service": "profile.amazonaws.com"}                        | PASSED
			"Principal": {"Service": "Profile.AmazonAWS.com"}                        | PASSED
			"Principal": {"Service": ["appflow.amazonaws.com", "profile.amazonaws.com"]} | PASSED
			"Principal": {"AWS": "arn:aws:iam::1:root", "Service": "profile.amazonaws.com"} | PASSED
			"Principal": "*"                                                         | PASSED
			"Principal": {"AWS": "*"}                                                | PASSED
			"Principal": {"AWS": ["arn:aws:iam::1:root", "*"]}                       | PASSED
			"NotPrincipal": {"Service": "ec2.amazonaws.com"}                         | PASSED
			"NotPrincipal": {"Service": ["ec2.amazonaws.com", "profile.amazonaws.com"]} | FAILED
			"NotPrincipal": "*"                                                      | FAILED
			"Principal": {"Service": "appflow.amazonaws.com"}                        | FAILED
			"Principal": {"Service": "profile.amazonaws.com.cn"}                     | FAILED
			"Principal": {"Service": []}                                             | FAILED
			"Principal": {"AWS": "profile.amazonaws.com"}                            | FAILED
			"Principal": {"Federated": "profile.amazonaws.com"}                      | FAILED
			"Principal": {}                                                          | FAILED
			"Sid": "NobodyAtAll"                                                     | FAILED
			""")
	void knowsWhomAStatementIsAbout(String principal, CheckResult expected) {
		assertThat(judge(statement("Allow", principal, "\"Action\": \"sts:AssumeRole\""))).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			"Action": "sts:AssumeRole"                         | PASSED
			"Action": "STS:assumerole"                         | PASSED
			"Action": ["sts:TagSession", "sts:AssumeRole"]     | PASSED
			"Action": "sts:*"                                  | PASSED
			"Action": "sts:Assume*"                            | PASSED
			"Action": "sts:AssumeRol?"                         | PASSED
			"Action": "*"                                      | PASSED
			"NotAction": "sts:TagSession"                      | PASSED
			"NotAction": ["sts:*"]                             | FAILED
			"Action": "sts:AssumeRoleWithWebIdentity"          | FAILED
			"Action": "sts:AssumeRole?"                        | FAILED
			"Action": "sts:TagSession"                         | FAILED
			"Action": []                                       | FAILED
			"Sid": "NothingAtAll"                              | FAILED
			""")
	void knowsWhatAStatementAllows(String action, CheckResult expected) {
		assertThat(judge(statement("Allow", "\"Principal\": {\"Service\": \"" + SERVICE + "\"}", action)))
			.isEqualTo(expected);
	}

	@Test
	void findsTheOneStatementOfSeveral() {
		assertThat(judge(about("Allow", "ec2.amazonaws.com") + "," + about("Allow", SERVICE)))
			.isEqualTo(CheckResult.PASSED);
		assertThat(judge(about("Allow", "ec2.amazonaws.com") + "," + about("Allow", "appflow.amazonaws.com")))
			.isEqualTo(CheckResult.FAILED);
		assertThat(judge("")).isEqualTo(CheckResult.FAILED);
	}

	@Test
	void takesASingleStatementThatIsNotInAList() {
		assertThat(TrustPolicy.parse("{\"Statement\": %s}".formatted(about("Allow", SERVICE))).trusts(SERVICE).result())
			.isEqualTo(CheckResult.PASSED);
	}

	@Test
	void letsADenialGoBeforeAllElse() {
		var denied = policy(about("Allow", SERVICE) + "," + about("Deny", SERVICE)).trusts(SERVICE);

		assertThat(denied.result()).isEqualTo(CheckResult.FAILED);
		assertThat(denied.reason()).contains("denies " + SERVICE);
		assertThat(judge(about("Allow", SERVICE) + "," + about("Deny", "ec2.amazonaws.com")))
			.isEqualTo(CheckResult.PASSED);
		assertThat(judge(about("Allow", SERVICE) + ","
				+ statement("Deny", "\"NotPrincipal\": {\"Service\": \"" + SERVICE + "\"}", "\"Action\": \"*\"")))
			.as("denied to everybody else")
			.isEqualTo(CheckResult.PASSED);
		assertThat(judge(about("Deny", SERVICE))).isEqualTo(CheckResult.FAILED);
	}

	@Test
	void doesNotGuessWhetherConditionsWillHold() {
		var allowed = policy(conditional("Allow")).trusts(SERVICE);
		var denied = policy(about("Allow", SERVICE) + "," + conditional("Deny")).trusts(SERVICE);

		assertThat(allowed.result()).as("it is named").isEqualTo(CheckResult.PASSED);
		assertThat(allowed.reason()).contains("conditions");
		assertThat(denied.result()).isEqualTo(CheckResult.UNKNOWN);
		assertThat(denied.reason()).contains("conditions");
		assertThat(policy(conditional("Allow") + "," + about("Allow", SERVICE)).trusts(SERVICE))
			.isEqualTo(Verdict.passed());
		assertThat(policy(about("Allow", SERVICE).replace("}, \"Action", "}, \"Condition\": {}, \"Action"))
			.trusts(SERVICE)).as("no condition at all").isEqualTo(Verdict.passed());
	}

	@Test
	void readsWhatIamEncodes() {
		var document = "{\"Statement\": [%s]}".formatted(
				statement("Allow", "\"Principal\": {\"Service\": [\"a+b.amazonaws.com\", \"%s\"]}".formatted(SERVICE),
						"\"Action\": \"sts:AssumeRole\""));
		var encoded = URLEncoder.encode(document, StandardCharsets.UTF_8).replace("+", "%20").replace("%2B", "+");

		assertThat(TrustPolicy.parse(encoded).trusts(SERVICE)).isEqualTo(Verdict.passed());
		assertThat(TrustPolicy.parse(encoded).trusts("a+b.amazonaws.com")).isEqualTo(Verdict.passed());
	}

	@ParameterizedTest
	@ValueSource(strings = { "%7B", "{", "not json", "%zz" })
	void refusesWhatIsNoPolicy(String document) {
		assertThatIllegalArgumentException().isThrownBy(() -> TrustPolicy.parse(document));
	}

	private static CheckResult judge(String statements) {
		return policy(statements).trusts(SERVICE).result();
	}

	private static TrustPolicy policy(String statements) {
		return TrustPolicy.parse("{\"Version\": \"2012-10-17\", \"Statement\": [%s]}".formatted(statements));
	}

	private static String about(String effect, String service) {
		return statement(effect, "\"Principal\": {\"Service\": \"%s\"}".formatted(service),
				"\"Action\": \"sts:AssumeRole\"");
	}

	private static String conditional(String effect) {
		return statement(effect, "\"Principal\": {\"Service\": \"%s\"}".formatted(SERVICE),
				"\"Action\": \"sts:AssumeRole\", \"Condition\": {\"StringEquals\": {\"aws:SourceAccount\": \"1\"}}");
	}

	private static String statement(String effect, String principal, String action) {
		return "{\"Effect\": \"%s\", %s, %s}".formatted(effect, principal, action);
	}

}
