package io.profileworkflows.customerprofiles;

/**
 * The request was held back, since its deadline had passed before it could be sent.
 */
class DeadlinePassed extends RuntimeException {

	DeadlinePassed() {
		super("The deadline of the attempt passed before its request could be sent");
	}

}
