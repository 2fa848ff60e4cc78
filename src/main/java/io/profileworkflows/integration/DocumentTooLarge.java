package io.profileworkflows.integration;

/**
 * A document is larger than any request needs to be, and was not read.
 */
public class DocumentTooLarge extends RuntimeException {

	public DocumentTooLarge(int limit) {
		super("The document is larger than " + limit + " bytes");
	}

}
