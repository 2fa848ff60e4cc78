package io.profileworkflows.preflight;

/**
 * What AWS says when it is asked for a thing.
 */
sealed interface AwsAnswer<T> {

	record Found<T>(T value) implements AwsAnswer<T> {
	}

	/** It is not there, or is hidden from us as if it were not. */
	record Absent<T>() implements AwsAnswer<T> {
	}

	/** AWS did not say, or not to us. */
	record Untold<T>(String reason) implements AwsAnswer<T> {
	}

}
