package io.profileworkflows.workflow;

/**
 * The forms in which an accepted request is kept.
 */
record AcceptedDocument(String request, byte[] digest, String warnings) {

	/** It has all of FlowDefinition in it. */
	@Override
	public String toString() {
		return "AcceptedDocument[%s characters]".formatted(request.length());
	}

}
