package io.profileworkflows.customerprofiles;

/**
 * Nothing says which Region's Customer Profiles to call.
 */
class RegionMissing extends RuntimeException {

	RegionMissing(Throwable cause) {
		super("The AWS Region is not known: set AWS_REGION", cause);
	}

}
