package io.profileworkflows.preflight;

import java.net.URI;

import io.profileworkflows.LocalStack;
import io.profileworkflows.SampleRequest;
import io.profileworkflows.customerprofiles.Deadline;
import io.profileworkflows.deployment.Deployment;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Against IAM, KMS and S3 as others understand them: LocalStack's in a container, or
 * whatever {@code preflight.emulator} is the address of.
 */
@Tag("containers")
@EnabledIfSystemProperty(named = "containers", matches = "true", disabledReason = "needs Docker: -Pcontainers")
class EmulatorTests {

	private static final String FLOW = "/IntegrationConfig/AppflowIntegration/FlowDefinition";

	private static final String TRUST = """
			{"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
			  "Principal": {"Service": ["appflow.amazonaws.com", "profile.amazonaws.com"]}, "Action": "sts:AssumeRole"}]}
			""";

	private static AwsClients clients;

	private static KnownAnswers answers;

	private final SampleRequest sample = SampleRequest.unique();

	@BeforeAll
	static void start() {
		clients = Preflights.clients(endpoint(), Preflights.LONG);
		var settings = Preflights.settings(OnCreate.OFF, Preflights.LONG);
		answers = new KnownAnswers(new Questions(null, clients, null, settings), settings);
	}

	private static URI endpoint() {
		var another = System.getProperty("preflight.emulator");
		if (another != null) {
			return URI.create(another);
		}
		return LocalStack.endpoint();
	}

	@AfterAll
	static void stop() {
		answers.close();
		clients.close();
	}

	@Test
	void judgeARoleByItsTrustPolicy() {
		var trusting = role("trusting", TRUST);
		var another = role("another", TRUST.replace("profile.", "lambda."));

		assertThat(inspect(Check.ROLE, sample.role(trusting))).isEqualTo(Verdict.passed());
		assertThat(inspect(Check.ROLE, sample.role(another)).result()).isEqualTo(CheckResult.FAILED);
		assertThat(inspect(Check.ROLE, sample.role(trusting + "-missing")).reason()).contains("does not exist");
	}

	@Test
	void judgeAKeyByItsState() {
		var key = key();
		var disabled = key();
		clients.kms().disableKey(query -> query.keyId(disabled)).join();
		var deleted = key();
		clients.kms().scheduleKeyDeletion(query -> query.keyId(deleted).pendingWindowInDays(7)).join();
		var alias = "alias/" + sample.flowName();
		clients.kms().createAlias(query -> query.aliasName(alias).targetKeyId(key)).join();

		assertThat(inspect(Check.KMS_KEY, sample.with(FLOW + "/KmsArn", key))).isEqualTo(Verdict.passed());
		assertThat(answers.key(key.replaceFirst(":key/.*", ":" + alias), Deadline.in(Preflights.LONG)))
			.as("what an alias stands for")
			.isEqualTo(new AwsAnswer.Found<>(new Key(key, "Enabled", true)));
		assertThat(inspect(Check.KMS_KEY, sample.with(FLOW + "/KmsArn", disabled)).reason()).contains("Disabled");
		assertThat(inspect(Check.KMS_KEY, sample.with(FLOW + "/KmsArn", deleted)).reason()).contains("PendingDeletion");
		var missing = key.replaceFirst(":key/.*", ":key/00000000-0000-0000-0000-000000000000");
		assertThat(inspect(Check.KMS_KEY, sample.with(FLOW + "/KmsArn", missing)).reason()).contains("does not exist");
	}

	@Test
	void findABucket() {
		var name = "bucket-" + sample.flowName();
		clients.s3()
			.createBucket(query -> query.bucket(name)
				.createBucketConfiguration(home -> home.locationConstraint(Preflights.HERE.region())))
			.join();

		assertThat(answers.bucket(name, Deadline.in(Preflights.LONG))).isInstanceOf(AwsAnswer.Found.class);
		assertThat(answers.bucket(name + "-missing", Deadline.in(Preflights.LONG))).isEqualTo(new AwsAnswer.Absent<>());
	}

	private static Verdict inspect(Check check, SampleRequest request) {
		return new Inspector(answers, new Deployment("000000000000", Preflights.HERE.region()),
				Preflights.settings(OnCreate.OFF, Preflights.LONG))
			.inspect(check, request.request(), Deadline.in(Preflights.LONG));
	}

	private static String role(String name, String trust) {
		try {
			clients.iam().deleteRole(query -> query.roleName(name)).join();
		}
		catch (RuntimeException failure) {
			assertThat(failure).hasCauseInstanceOf(NoSuchEntityException.class);
		}
		return clients.iam()
			.createRole(query -> query.roleName(name).assumeRolePolicyDocument(trust))
			.join()
			.role()
			.arn();
	}

	private static String key() {
		return clients.kms().createKey().join().keyMetadata().arn();
	}

}
