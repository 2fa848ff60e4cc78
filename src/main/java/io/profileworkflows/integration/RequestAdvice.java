package io.profileworkflows.integration;

import java.util.Map;

import io.profileworkflows.deployment.Deployment;
import io.profileworkflows.integration.Complaints.Key;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import org.jspecify.annotations.Nullable;

/**
 * What a request probably does not mean: ARNs of elsewhere, and a tag that is not ours.
 */
class RequestAdvice implements ConstraintValidator<Advisable, CreateIntegrationWorkflow> {

	private static final String RESERVED_TAG = "awsOwningService";

	private final Deployment deployment;

	RequestAdvice(Deployment deployment) {
		this.deployment = deployment;
	}

	@Override
	public boolean isValid(CreateIntegrationWorkflow request, ConstraintValidatorContext context) {
		var complaints = new Complaints(context);
		var role = Arn.parse(request.roleArn());
		var key = Arn.parse(keyOf(request));
		if (role != null) {
			roleIsOurs(role, complaints);
		}
		if (key != null) {
			keyIsOurs(key, role, complaints);
		}
		leavesAlone(request.tags(), complaints);
		return complaints.none();
	}

	private void roleIsOurs(Arn role, Complaints complaints) {
		if (deployment.isAnotherAccount(role.account())) {
			complaints.add("is of another account than this deployment serves", "roleArn");
		}
	}

	private void keyIsOurs(Arn key, @Nullable Arn role, Complaints complaints) {
		var path = new Object[] { "integrationConfig", "appflowIntegration", "flowDefinition", "kmsArn" };
		if (deployment.isAnotherAccount(key.account())) {
			complaints.add("is of another account than this deployment serves", path);
		}
		else if (role != null && !role.account().equals(key.account())) {
			complaints.add("is of another account than RoleArn", path);
		}
		if (deployment.isAnotherRegion(key.region())) {
			complaints.add("is of another Region than this deployment serves", path);
		}
	}

	private void leavesAlone(@Nullable Map<String, String> tags, Complaints complaints) {
		if (tags != null && tags.containsKey(RESERVED_TAG)) {
			complaints.add("is reserved: policies of Customer Profiles' own role rely on it", "tags",
					new Key(RESERVED_TAG));
		}
	}

	private static @Nullable String keyOf(CreateIntegrationWorkflow request) {
		@Nullable IntegrationConfig config = request.integrationConfig();
		@Nullable AppflowIntegration integration = (config != null) ? config.appflowIntegration() : null;
		@Nullable FlowDefinition flow = (integration != null) ? integration.flowDefinition() : null;
		return (flow != null) ? flow.kmsArn() : null;
	}

	/**
	 * As much of an ARN as tells where a thing is.
	 */
	private record Arn(String region, String account) {

		static @Nullable Arn parse(@Nullable String arn) {
			var parts = (arn != null) ? arn.split(":", 6) : new String[0];
			return (parts.length == 6) ? new Arn(parts[3], parts[4]) : null;
		}

	}

}
