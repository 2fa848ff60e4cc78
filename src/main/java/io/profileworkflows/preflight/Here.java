package io.profileworkflows.preflight;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * The account and Region this deployment serves.
 */
@Component
class Here {

	private static final String UNKNOWN_ACCOUNT = "000000000000";

	private final @Nullable String account;

	private final String region;

	@Autowired
	Here(Environment environment) {
		this(environment.getProperty("profile-workflows.account-id"),
				environment.getRequiredProperty("profile-workflows.region"));
	}

	Here(@Nullable String account, String region) {
		this.account = UNKNOWN_ACCOUNT.equals(account) ? null : account;
		this.region = region;
	}

	String region() {
		return region;
	}

	boolean isAnotherAccount(String account) {
		return this.account != null && !this.account.equals(account);
	}

	boolean isAnotherRegion(String region) {
		return !this.region.equals(region);
	}

}
