package io.profileworkflows.http;

import io.profileworkflows.integration.DocumentFormat;

/**
 * A body as it arrived. Its size is checked, and its content is not.
 */
public record RequestDocument(byte[] content, DocumentFormat format) {

	private static final byte[] NO_MEMBERS = { '{', '}' };

	/** For operations whose members are all optional, so that an empty body will do. */
	public RequestDocument orNoMembers() {
		return (content.length == 0) ? new RequestDocument(NO_MEMBERS, DocumentFormat.JSON) : this;
	}

}
