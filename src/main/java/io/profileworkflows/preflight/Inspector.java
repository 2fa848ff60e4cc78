package io.profileworkflows.preflight;

import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

import io.profileworkflows.appflow.Connection;
import io.profileworkflows.appflow.SourceField;
import io.profileworkflows.customerprofiles.Deadline;
import io.profileworkflows.customerprofiles.RemoteDomain;
import io.profileworkflows.deployment.Deployment;
import io.profileworkflows.integration.CreateIntegrationWorkflow;
import io.profileworkflows.preflight.AwsAnswer.Absent;
import io.profileworkflows.preflight.AwsAnswer.Found;
import io.profileworkflows.preflight.AwsAnswer.Untold;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Judges what AWS says of what a request names.
 */
@Component
class Inspector {

	/** Who takes on the role of a request: what PassRole has to allow it for. */
	static final String CUSTOMER_PROFILES = "profile.amazonaws.com";

	private static final String NO_DOMAIN = "Not looked at, since the domain does not exist";

	/** Those of old buckets, too. Anything else could lead the request astray. */
	private static final Pattern BUCKET_NAME = Pattern.compile("[A-Za-z0-9][\\w.-]{1,61}[A-Za-z0-9]");

	private static final String ENABLED = "Enabled";

	private static final String FAILED = "FAILED";

	private final KnownAnswers answers;

	private final Deployment deployment;

	private final PreflightSettings settings;

	Inspector(KnownAnswers answers, Deployment deployment, PreflightSettings settings) {
		this.answers = answers;
		this.deployment = deployment;
		this.settings = settings;
	}

	Verdict inspect(Check check, CreateIntegrationWorkflow request, Deadline deadline) {
		var subject = Objects.requireNonNull(check.subjectIn(request));
		return switch (check) {
			case DOMAIN -> domain(subject, deadline);
			case OBJECT_TYPE -> objectType(request.domainName(), subject, deadline);
			case ROLE -> role(subject, deadline);
			case KMS_KEY -> key(subject, deadline);
			case DOMAIN_KMS_KEY -> keyOfDomain(request.domainName(), subject, deadline);
			case S3_BUCKET -> bucket(subject, deadline);
			case INTEGRATIONS -> integrations(subject, deadline);
			case CONNECTOR_PROFILE -> connection(subject, request.connectorType().name(), deadline);
			case SOURCE_FIELDS -> fields(request, deadline);
		};
	}

	private Verdict domain(String name, Deadline deadline) {
		return switch (answers.domain(name, deadline)) {
			case Found<?> _ -> Verdict.passed();
			case Absent<?> _ -> Verdict.failed("does not exist at Customer Profiles, or is hidden from this service");
			case Untold<?>(var reason) -> Verdict.unknown(reason);
		};
	}

	private Verdict objectType(String domainName, String name, Deadline deadline) {
		return switch (answers.objectType(domainName, name, deadline)) {
			case Found<?> _ -> Verdict.passed();
			case Absent<?> _ when isAbsent(domainName, deadline) -> Verdict.unknown(NO_DOMAIN);
			case Absent<?> _ -> Verdict.failed("does not exist in this domain, or is hidden from this service");
			case Untold<?>(var reason) -> Verdict.unknown(reason);
		};
	}

	private Verdict integrations(String domainName, Deadline deadline) {
		var most = settings.integrationsPerDomain();
		return switch (answers.integrations(domainName, deadline)) {
			case Found<Integer>(var number) when number >= most ->
				Verdict.failed("has no room: AWS allows it %s integrations, and it has as many".formatted(most));
			case Found<Integer>(var number) -> Verdict.passed("has %s of %s integrations".formatted(number, most));
			case Absent<?> _ -> Verdict.unknown(NO_DOMAIN);
			case Untold<?>(var reason) -> Verdict.unknown(reason);
		};
	}

	private Verdict role(String roleArn, Deadline deadline) {
		var arn = Arn.parse(roleArn);
		var name = (arn != null) ? arn.roleName() : null;
		if (arn == null || name == null) {
			return Verdict.failed("is the ARN of something else than a role");
		}
		if (deployment.isAnotherAccount(arn.account())) {
			return Verdict.unknown("The role is of another account, into which this service does not see");
		}
		return switch (answers.role(name, deadline)) {
			case Found<IamRole>(var role) when role.arn().equals(roleArn) -> trust(role);
			case Found<IamRole>(var role) -> another(role, arn);
			case Absent<?> _ -> Verdict.failed("does not exist in this account");
			case Untold<?>(var reason) -> Verdict.unknown(reason);
		};
	}

	private static Verdict trust(IamRole role) {
		try {
			return TrustPolicy.parse(role.trustPolicy()).trusts(CUSTOMER_PROFILES);
		}
		catch (IllegalArgumentException _) {
			return Verdict.unknown("The trust policy of the role cannot be read");
		}
	}

	private static Verdict another(IamRole found, Arn wanted) {
		var arn = Arn.parse(found.arn());
		return (arn != null && !arn.account().equals(wanted.account()))
				? Verdict.unknown("The role is of another account, into which this service does not see")
				: Verdict.failed("is not the ARN of the role of that name, which has another path");
	}

	private Verdict key(String kmsArn, Deadline deadline) {
		var arn = Arn.parse(kmsArn);
		if (arn != null && deployment.isAnotherRegion(arn.region())) {
			return Verdict.failed("is of another Region than this deployment serves, and keys do not leave theirs");
		}
		return switch (answers.key(kmsArn, deadline)) {
			case Found<Key>(var key) when !key.state().equals(ENABLED) ->
				Verdict.failed("is not enabled: KMS says " + key.state());
			case Found<Key>(var key) when !key.encryptsSymmetrically() ->
				Verdict.failed("is not a symmetric key for encryption, which AppFlow needs");
			case Found<?> _ -> Verdict.passed();
			case Absent<?> _ -> Verdict.failed("does not exist");
			case Untold<?>(var reason) -> Verdict.unknown(reason);
		};
	}

	private Verdict keyOfDomain(String domainName, String kmsArn, Deadline deadline) {
		return switch (answers.domain(domainName, deadline)) {
			case Found<RemoteDomain>(var domain) -> {
				var own = domain.encryptionKey();
				yield (own != null) ? same(own, kmsArn, deadline)
						: Verdict.unknown("The domain has no key of its own to compare with");
			}
			case Absent<?> _ -> Verdict.unknown(NO_DOMAIN);
			case Untold<?>(var reason) -> Verdict.unknown(reason);
		};
	}

	private Verdict same(String own, String kmsArn, Deadline deadline) {
		if (own.equals(kmsArn)) {
			return Verdict.passed();
		}
		var left = resolved(own, deadline);
		var right = resolved(kmsArn, deadline);
		if (left == null || right == null) {
			return Verdict.unknown("Which key an alias stands for is not known");
		}
		return left.equals(right) ? Verdict.passed() : Verdict.failed("is another key than the domain's");
	}

	/** The ARN of the key itself. */
	private @Nullable String resolved(String id, Deadline deadline) {
		if (Arn.isOfKey(id)) {
			return id;
		}
		return (answers.key(id, deadline) instanceof Found<Key>(var key)) ? key.arn() : null;
	}

	private Verdict bucket(String name, Deadline deadline) {
		if (!BUCKET_NAME.matcher(name).matches()) {
			return Verdict.failed("is no name that S3 allows");
		}
		return switch (answers.bucket(name, deadline)) {
			case Found<Bucket>(var bucket) -> bucket(bucket);
			case Absent<?> _ -> Verdict.failed("does not exist");
			case Untold<?>(var reason) -> Verdict.unknown(reason);
		};
	}

	private Verdict bucket(Bucket bucket) {
		var region = bucket.region();
		if (region != null && deployment.isAnotherRegion(region)) {
			return Verdict.failed("is in Region %s, and AppFlow reads only from buckets in %s".formatted(region,
					deployment.region()));
		}
		var hidden = bucket.hidden();
		return (hidden != null) ? Verdict.unknown(hidden) : Verdict.passed();
	}

	private Verdict connection(String name, String connectorType, Deadline deadline) {
		return switch (answers.connection(name, deadline)) {
			case Found<Connection>(var connection) when connection.connectorType() != null
					&& !connection.connectorType().equals(connectorType) ->
				Verdict.failed("is a connection to %s, and the request fetches from %s"
					.formatted(connection.connectorType(), connectorType));
			case Found<Connection>(var connection) when FAILED.equals(connection.provisioning()) ->
				Verdict.failed("is a private connection that AppFlow could not provision");
			case Found<?> _ -> Verdict.passed();
			case Absent<?> _ -> Verdict.failed("does not exist at AppFlow in this account and Region");
			case Untold<?>(var reason) -> Verdict.unknown(reason);
		};
	}

	private Verdict fields(CreateIntegrationWorkflow request, Deadline deadline) {
		var object = Objects.requireNonNull(SourceObjectName.in(request));
		return switch (answers.fields(object, deadline)) {
			case Found<List<SourceField>>(var fields) when fields.isEmpty() ->
				Verdict.unknown("The source names no fields of it");
			case Found<List<SourceField>>(var fields) -> Sources.judge(request, fields);
			case Absent<?> _ -> Verdict.failed("does not exist at the source");
			case Untold<?>(var reason) -> Verdict.unknown(reason);
		};
	}

	private boolean isAbsent(String domainName, Deadline deadline) {
		return answers.domain(domainName, deadline) instanceof Absent;
	}

}
