package io.profileworkflows.deployment;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * The AWS account and Region that this deployment serves. ARNs, checks, signatures and
 * calls to AWS all take them from here, so they cannot disagree.
 *
 * @param accountId twelve digits; {@value #UNKNOWN_ACCOUNT} if nobody configured it
 * @param region from AWS's own variables, unless configured
 */
@Validated
@ConfigurationProperties("profile-workflows")
public record Deployment(@NotNull @Pattern(regexp = "[0-9]{12}", message = "must be 12 digits") String accountId,
		@NotNull @Pattern(regexp = "[a-z]+(-[a-z]+)+-[0-9]+",
				message = "must be an AWS Region, such as eu-central-1: set AWS_REGION") String region) {

	private static final String UNKNOWN_ACCOUNT = "000000000000";

	/**
	 * The ARN of something that this service keeps for Customer Profiles.
	 * @param resource what follows account and Region, such as {@code domains/retail}
	 */
	public String arn(String resource) {
		return "arn:aws:profile:%s:%s:%s".formatted(region, accountId, resource);
	}

	/** Always false if the own account is unknown. */
	public boolean isAnotherAccount(String account) {
		return !accountId.equals(UNKNOWN_ACCOUNT) && !accountId.equals(account);
	}

	public boolean isAnotherRegion(String region) {
		return !this.region.equals(region);
	}

}
