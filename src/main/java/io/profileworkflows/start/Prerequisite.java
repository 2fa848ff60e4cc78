package io.profileworkflows.start;

import org.jspecify.annotations.Nullable;

import org.springframework.core.env.Environment;

/**
 * A setting without which the service cannot start. The module that needs it names its
 * own in {@code spring.factories}.
 */
public interface Prerequisite {

	/**
	 * What to set.
	 * @return null where nothing is missing
	 */
	@Nullable Missing missingFrom(Environment environment);

}
