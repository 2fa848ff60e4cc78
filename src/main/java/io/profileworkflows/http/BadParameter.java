package io.profileworkflows.http;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A part of the path, a query parameter or a header is wrong.
 */
public class BadParameter extends RuntimeException {

	private final String name;

	public BadParameter(String name, String whatWouldBeRight) {
		super(name + " " + whatWouldBeRight);
		this.name = name;
	}

	private BadParameter(List<BadParameter> mistakes) {
		super(mistakes.stream().map(BadParameter::getMessage).collect(Collectors.joining("; ")));
		this.name = mistakes.getFirst().name();
	}

	/** Several at once, of which the first has given its name. */
	public static BadParameter all(List<BadParameter> mistakes) {
		return (mistakes.size() == 1) ? mistakes.getFirst() : new BadParameter(mistakes);
	}

	public String name() {
		return name;
	}

}
