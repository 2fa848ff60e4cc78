package io.profileworkflows.workflow;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Whose workflows these are: one deployment serves one AWS account and Region.
 *
 * @param accountId in the ARNs of workflows
 * @param region in the ARNs of workflows; AWS's own variable says it
 */
@Validated
@ConfigurationProperties("profile-workflows")
public record WorkflowSettings(@Pattern(regexp = "[0-9]{12}", message = "must be 12 digits") String accountId,
		@NotBlank(message = "must be an AWS Region: set AWS_REGION") String region) {

	private static final String ARN = "arn:aws:profile:%s:%s:domains/%s/workflows/%s";

	public String arnOf(Workflow workflow) {
		return ARN.formatted(region, accountId, workflow.domainName(), workflow.id());
	}

}
