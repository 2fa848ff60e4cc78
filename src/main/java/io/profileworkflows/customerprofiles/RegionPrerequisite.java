package io.profileworkflows.customerprofiles;

import io.profileworkflows.start.Missing;
import io.profileworkflows.start.Prerequisite;
import org.jspecify.annotations.Nullable;

import org.springframework.core.env.Environment;

/**
 * The Region, from any of the places where the SDK looks for it.
 */
class RegionPrerequisite implements Prerequisite {

	@Override
	public @Nullable Missing missingFrom(Environment environment) {
		try {
			UpstreamClients.region();
			return null;
		}
		catch (RegionMissing missing) {
			return new Missing("AWS_REGION", "the Region of your Customer Profiles domains, such as eu-central-1");
		}
	}

}
