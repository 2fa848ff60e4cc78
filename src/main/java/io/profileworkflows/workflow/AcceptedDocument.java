package io.profileworkflows.workflow;

/**
 * The forms in which an accepted request is kept.
 *
 * @param digest of what was asked for: equal for requests that ask for the same
 */
record AcceptedDocument(String request, byte[] digest, String warnings) {

	AcceptedDocument withDigest(byte[] digest) {
		return new AcceptedDocument(request, digest, warnings);
	}

	/** It has all of FlowDefinition in it. */
	@Override
	public String toString() {
		return "AcceptedDocument[%s characters]".formatted(request.length());
	}

}
