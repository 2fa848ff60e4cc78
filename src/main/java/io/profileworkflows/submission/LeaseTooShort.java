package io.profileworkflows.submission;

import java.time.Duration;

/**
 * The lease would run out while AWS is still called.
 */
class LeaseTooShort extends RuntimeException {

	LeaseTooShort(Duration lease, Duration least) {
		super("profile-workflows.outbox.lease is %s and must be longer than %s: profile-workflows.upstream.call-timeout and 10 seconds"
			.formatted(lease, least));
	}

}
