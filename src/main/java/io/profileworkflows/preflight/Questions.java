package io.profileworkflows.preflight;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

import io.profileworkflows.appflow.AppFlow;
import io.profileworkflows.appflow.Connection;
import io.profileworkflows.appflow.SourceField;
import io.profileworkflows.customerprofiles.CallFailed;
import io.profileworkflows.customerprofiles.Deadline;
import io.profileworkflows.customerprofiles.Operation;
import io.profileworkflows.customerprofiles.ProfileResources;
import io.profileworkflows.customerprofiles.RemoteDomain;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.kms.model.InvalidArnException;
import software.amazon.awssdk.services.kms.model.KeyMetadata;
import software.amazon.awssdk.services.kms.model.KeySpec;
import software.amazon.awssdk.services.kms.model.KeyUsageType;
import software.amazon.awssdk.services.kms.model.NotFoundException;
import software.amazon.awssdk.services.s3.model.S3Exception;

import org.springframework.stereotype.Component;

/**
 * What AWS is asked, each time anew. Every question ends within the time limit, and none
 * throws anything because of what AWS says.
 */
@Component
class Questions {

	private static final String BUCKET_REGION = "x-amz-bucket-region";

	private final ProfileResources domains;

	private final AwsClients clients;

	private final AppFlow appFlow;

	private final PreflightSettings settings;

	Questions(ProfileResources domains, AwsClients clients, AppFlow appFlow, PreflightSettings settings) {
		this.appFlow = appFlow;
		this.domains = domains;
		this.clients = clients;
		this.settings = settings;
	}

	AwsAnswer<RemoteDomain> domain(String name) {
		return customerProfiles(() -> domains.find(name, deadline()));
	}

	AwsAnswer<ObjectType> objectType(ObjectType type) {
		return customerProfiles(() -> domains.hasObjectType(type.domainName(), type.name(), deadline())
				? Optional.of(type) : Optional.empty());
	}

	AwsAnswer<Integer> integrations(String domainName) {
		return customerProfiles(
				() -> domains.countIntegrations(domainName, settings.integrationsPerDomain(), deadline()));
	}

	AwsAnswer<IamRole> role(String name) {
		try {
			var role = clients.iam().getRole(query -> query.roleName(name)).join().role();
			return new AwsAnswer.Found<>(
					new IamRole(role.arn(), Objects.requireNonNullElse(role.assumeRolePolicyDocument(), "")));
		}
		catch (RuntimeException failure) {
			return (Reasons.find(failure, NoSuchEntityException.class) != null) ? new AwsAnswer.Absent<>()
					: new AwsAnswer.Untold<>(Reasons.of(failure, "iam:GetRole"));
		}
	}

	/**
	 * KnownAnswers at a key.
	 * @param id an ARN, an alias, or the id itself
	 */
	AwsAnswer<Key> key(String id) {
		try {
			return new AwsAnswer.Found<>(key(clients.kms().describeKey(query -> query.keyId(id)).join().keyMetadata()));
		}
		catch (RuntimeException failure) {
			var absent = Reasons.find(failure, NotFoundException.class) != null
					|| Reasons.find(failure, InvalidArnException.class) != null;
			return absent ? new AwsAnswer.Absent<>() : new AwsAnswer.Untold<>(Reasons.of(failure, "kms:DescribeKey"));
		}
	}

	private static Key key(KeyMetadata metadata) {
		return new Key(metadata.arn(), metadata.keyStateAsString(), metadata.keyUsage() == KeyUsageType.ENCRYPT_DECRYPT
				&& (metadata.keySpec() == null || metadata.keySpec() == KeySpec.SYMMETRIC_DEFAULT));
	}

	/** S3 tells the Region of a bucket even to those who may not see it. */
	AwsAnswer<Bucket> bucket(String name) {
		try {
			var bucket = clients.s3().headBucket(query -> query.bucket(name)).join();
			return new AwsAnswer.Found<>(new Bucket(bucket.bucketRegion(), null));
		}
		catch (RuntimeException failure) {
			var answer = Reasons.find(failure, S3Exception.class);
			if (answer != null && answer.statusCode() == 404) {
				return new AwsAnswer.Absent<>();
			}
			var reason = Reasons.of(failure, "s3:ListBucket");
			var region = regionIn(answer);
			return (region != null) ? new AwsAnswer.Found<>(new Bucket(region, reason))
					: new AwsAnswer.Untold<>(reason);
		}
	}

	private static @Nullable String regionIn(@Nullable S3Exception answer) {
		var details = (answer != null) ? answer.awsErrorDetails() : null;
		@Nullable SdkHttpResponse response = (details != null) ? details.sdkHttpResponse() : null;
		return (response != null) ? response.firstMatchingHeader(BUCKET_REGION).orElse(null) : null;
	}

	AwsAnswer<Connection> connection(String name) {
		return appFlow(Operation.DESCRIBE_CONNECTOR_PROFILES, () -> appFlow.connection(name, deadline()));
	}

	/**
	 * AppFlow asks the source itself, which may have nothing to say today. That is no
	 * mistake of the request.
	 */
	AwsAnswer<List<SourceField>> fields(SourceObjectName object) {
		return appFlow(Operation.DESCRIBE_CONNECTOR_ENTITY,
				() -> appFlow.fields(object.connectorType(), object.connection(), object.object(), deadline()));
	}

	private static <T> AwsAnswer<T> appFlow(Operation operation, Supplier<Optional<T>> question) {
		try {
			return question.get().<AwsAnswer<T>>map(AwsAnswer.Found::new).orElseGet(AwsAnswer.Absent::new);
		}
		catch (CallFailed failure) {
			return new AwsAnswer.Untold<>(Reasons.of(failure, operation));
		}
	}

	private static <T> AwsAnswer<T> customerProfiles(Supplier<Optional<T>> question) {
		try {
			return question.get().<AwsAnswer<T>>map(AwsAnswer.Found::new).orElseGet(AwsAnswer.Absent::new);
		}
		catch (CallFailed failure) {
			return new AwsAnswer.Untold<>(Reasons.of(failure));
		}
	}

	private Deadline deadline() {
		return Deadline.in(settings.timeLimit());
	}

}
