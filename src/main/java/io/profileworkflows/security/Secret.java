package io.profileworkflows.security;

import com.fasterxml.jackson.annotation.JsonCreator;

/**
 * What nobody may read in a log, an error or a dump of settings.
 */
record Secret(String value) {

	@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
	public static Secret of(String value) {
		return new Secret(value);
	}

	@Override
	public String toString() {
		return "(secret)";
	}

}
