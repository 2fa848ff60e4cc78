package io.profileworkflows.http;

/**
 * A body is compressed, or coded in another way. It is not decoded: a small one could
 * become larger than any memory.
 */
class CodedBody extends RuntimeException {

	/** What a body may say of its coding. */
	static final String NOT_CODED = "identity";

	CodedBody() {
		super("The body must not be compressed: send it without Content-Encoding");
	}

}
