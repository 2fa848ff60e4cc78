package io.profileworkflows.integration;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * The account and Region this deployment serves, as far as they are configured.
 */
@Component
class Home {

	private static final String UNKNOWN_ACCOUNT = "000000000000";

	private final @Nullable String account;

	private final @Nullable String region;

	@Autowired
	Home(Environment environment) {
		this(environment.getProperty("profile-workflows.account-id"), environment.getProperty("aws.region"));
	}

	Home(@Nullable String account, @Nullable String region) {
		this.account = UNKNOWN_ACCOUNT.equals(account) ? null : account;
		this.region = region;
	}

	boolean isAnotherAccount(String account) {
		return this.account != null && !this.account.equals(account);
	}

	boolean isAnotherRegion(String region) {
		return this.region != null && !this.region.equals(region);
	}

}
