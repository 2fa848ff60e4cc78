package io.profileworkflows.security;

import java.util.Objects;
import java.util.function.Supplier;

import org.springframework.stereotype.Component;

/**
 * Runs computations that a caller's document can make long, on its own threads: at most
 * half of the processors, and one caller after the other.
 */
@Component
public class Computing implements AutoCloseable {

	/** All those who do not have to say who they are. */
	private static final String ANYBODY = "anybody";

	private final FairPool pool = new FairPool("computing",
			Math.max(1, Runtime.getRuntime().availableProcessors() / 2));

	/**
	 * Computes for the caller whose request this thread is answering, and waits for the
	 * result.
	 */
	public <T> T compute(Supplier<T> work) {
		return pool.compute(Objects.requireNonNullElse(Caller.current().identity(), ANYBODY), work::get);
	}

	@Override
	public void close() {
		pool.close();
	}

}
