package io.profileworkflows.preflight;

/**
 * What AWS says when it is asked for a thing.
 */
sealed interface Answer<T> {

	record Found<T>(T value) implements Answer<T> {
	}

	/** It is not there, or is hidden from us as if it were not. */
	record Absent<T>() implements Answer<T> {
	}

	/** AWS did not say, or not to us. */
	record Untold<T>(String reason) implements Answer<T> {
	}

}
