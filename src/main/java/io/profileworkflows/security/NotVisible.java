package io.profileworkflows.security;

/**
 * The caller may not see the domain. They get the answer that they would get if it were
 * empty.
 */
public class NotVisible extends RuntimeException {

	private NotVisible(String message) {
		super(message);
	}

	static NotVisible domain(String domainName) {
		return new NotVisible("There is no domain %s for this caller".formatted(domainName));
	}

	static NotVisible workflow(String domainName, String id) {
		return new NotVisible("Workflow %s does not exist in domain %s".formatted(id, domainName));
	}

	static NotVisible resource(String arn) {
		return new NotVisible(arn + " does not exist");
	}

}
