package io.profileworkflows.http;

/**
 * A change was asked for on a condition that nothing can meet.
 */
class NoEntityTag extends RuntimeException {

	NoEntityTag() {
		super("If-Match cannot fit: what this request is for has no ETag");
	}

}
