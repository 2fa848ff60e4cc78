package io.profileworkflows.customerprofiles;

import java.time.Duration;
import java.util.List;

/**
 * Turns that were taken together.
 *
 * @param taken the next ones, as many as there were; none when it is too early for any
 * @param askAgain after what time it is worth asking for more
 */
public record Turns(List<Turn> taken, Duration askAgain) {

	public static final Turns NONE = new Turns(List.of(), Duration.ZERO);

	static Turns none(Duration askAgain) {
		return new Turns(List.of(), askAgain);
	}

}
