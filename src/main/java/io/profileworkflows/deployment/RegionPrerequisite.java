package io.profileworkflows.deployment;

import io.profileworkflows.start.Missing;
import io.profileworkflows.start.Prerequisite;
import org.jspecify.annotations.Nullable;

import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * The Region, which has no default.
 */
class RegionPrerequisite implements Prerequisite {

	@Override
	public @Nullable Missing missingFrom(Environment environment) {
		return StringUtils.hasText(environment.getProperty("profile-workflows.region")) ? null
				: new Missing("AWS_REGION", "the Region of your Customer Profiles domains, such as eu-central-1");
	}

}
