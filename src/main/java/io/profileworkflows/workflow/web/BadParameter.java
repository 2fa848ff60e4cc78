package io.profileworkflows.workflow.web;

/**
 * Something outside of the body is wrong: a part of the path, a query parameter, a
 * header.
 */
public class BadParameter extends RuntimeException {

	private final String name;

	public BadParameter(String name, String whatWouldBeRight) {
		super(name + " " + whatWouldBeRight);
		this.name = name;
	}

	public String name() {
		return name;
	}

}
