package io.profileworkflows.preflight;

import java.util.function.Function;

import io.profileworkflows.integration.CreateIntegrationWorkflow;
import org.jspecify.annotations.Nullable;

/**
 * One check before a create, and the member of the request that it concerns.
 */
public enum Check {

	DOMAIN("/DomainName", CreateIntegrationWorkflow::domainName),

	OBJECT_TYPE("/ObjectTypeName", CreateIntegrationWorkflow::objectTypeName),

	/** Whether it is there, and lets Customer Profiles assume it. */
	ROLE("/RoleArn", CreateIntegrationWorkflow::roleArn),

	/** Whether it is there, enabled and in this Region. */
	KMS_KEY(Check.FLOW + "/KmsArn", Check::kmsArn),

	/**
	 * Whether it is the key of the domain, which AWS's examples want and no rule does.
	 */
	DOMAIN_KMS_KEY(Check.FLOW + "/KmsArn", Check::kmsArn),

	S3_BUCKET(Check.FLOW + "/SourceFlowConfig/SourceConnectorProperties/S3/BucketName", Check::bucketName),

	/** Whether the domain has room for one more. */
	INTEGRATIONS("/DomainName", CreateIntegrationWorkflow::domainName),

	/** Whether the connection is there, and one to the source of the request. */
	CONNECTOR_PROFILE(Check.FLOW + "/SourceFlowConfig/ConnectorProfileName",
			CreateIntegrationWorkflow::connectorProfileName),

	/** Whether the fields are at the source, and fit for what they are named for. */
	SOURCE_FIELDS(Check.FLOW + "/Tasks", Check::sourceObject);

	private static final String FLOW = "/IntegrationConfig/AppflowIntegration/FlowDefinition";

	private final String pointer;

	private final Function<CreateIntegrationWorkflow, @Nullable String> subject;

	Check(String pointer, Function<CreateIntegrationWorkflow, @Nullable String> subject) {
		this.pointer = pointer;
		this.subject = subject;
	}

	/** JSON Pointer to the member. */
	String pointer() {
		return pointer;
	}

	/**
	 * What a request names.
	 * @return null if it names none, so that there is nothing to check
	 */
	@Nullable String subjectIn(CreateIntegrationWorkflow request) {
		return subject.apply(request);
	}

	/** Whether a workflow surely goes wrong when this fails. */
	boolean isDecisive() {
		return this != DOMAIN_KMS_KEY;
	}

	private static String kmsArn(CreateIntegrationWorkflow request) {
		return request.flowDefinition().kmsArn();
	}

	private static @Nullable String sourceObject(CreateIntegrationWorkflow request) {
		return request.flowDefinition().sourceFlowConfig().sourceConnectorProperties().objectName();
	}

	private static @Nullable String bucketName(CreateIntegrationWorkflow request) {
		var s3 = request.flowDefinition().sourceFlowConfig().sourceConnectorProperties().s3();
		return (s3 != null) ? s3.bucketName() : null;
	}

}
