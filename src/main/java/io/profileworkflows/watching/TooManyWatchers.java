package io.profileworkflows.watching;

/**
 * This process has as many watchers as it accepts, in all or of one caller.
 */
public class TooManyWatchers extends RuntimeException {

	private final boolean ofOneCaller;

	private TooManyWatchers(String message, boolean ofOneCaller) {
		super(message);
		this.ofOneCaller = ofOneCaller;
	}

	static TooManyWatchers ofAll(int most) {
		return new TooManyWatchers(
				"There are %s callers who wait or follow changes, as many as there may be".formatted(most), false);
	}

	static TooManyWatchers ofOneCaller(int most) {
		return new TooManyWatchers(
				"This caller waits or follows changes %s times already, as often as they may".formatted(most), true);
	}

	/** Whether it is for this caller to change something. */
	public boolean isOfOneCaller() {
		return ofOneCaller;
	}

}
