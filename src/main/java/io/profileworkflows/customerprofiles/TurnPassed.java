package io.profileworkflows.customerprofiles;

/**
 * The request was held back, since its turn was over before it could be sent and no other
 * is to be had soon.
 */
class TurnPassed extends RuntimeException {

	TurnPassed() {
		super("The turn of the attempt was over before its request could be sent");
	}

}
