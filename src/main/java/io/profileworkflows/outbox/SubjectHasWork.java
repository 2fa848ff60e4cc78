package io.profileworkflows.outbox;

/**
 * A subject has at most one piece of work, and it has one already.
 */
public class SubjectHasWork extends RuntimeException {

	SubjectHasWork(String subject, String kind) {
		super("%s cannot be added: %s already has work".formatted(kind, subject));
	}

	SubjectHasWork(String subject, String kind, String present) {
		super("%s cannot be added: %s already has %s".formatted(kind, subject, present));
	}

}
