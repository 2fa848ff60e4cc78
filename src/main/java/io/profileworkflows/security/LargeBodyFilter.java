package io.profileworkflows.security;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets in only so many large bodies at the same time: each is kept as a whole, also while
 * it is on its way, and all of them together must not outgrow the memory. The others wait
 * for a while.
 */
class LargeBodyFilter extends OncePerRequestFilter {

	/**
	 * All bodies together that are no larger have room as well, one for each connection.
	 */
	static final int SMALL = 64 * 1024;

	static final int MOST = 16;

	private static final Set<String> READS = Set.of("GET", "HEAD");

	private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

	private final Semaphore room = new Semaphore(MOST, true);

	private final Duration patience;

	LargeBodyFilter(Duration patience) {
		this.patience = patience;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		if (!mayBeLarge(request)) {
			chain.doFilter(request, response);
			return;
		}
		if (!awaitRoom()) {
			new Throttled("Too many large requests arrive at the same time", RETRY_AFTER).send(request, response);
			return;
		}
		try {
			chain.doFilter(request, response);
		}
		finally {
			room.release();
		}
	}

	/** Whoever waits for a change or follows it stays for long; his body is not read. */
	static boolean hasNoLargeBody(HttpServletRequest request) {
		return READS.contains(request.getMethod());
	}

	/** One that comes in chunks does not say how large it is. */
	private static boolean mayBeLarge(HttpServletRequest request) {
		if (hasNoLargeBody(request)) {
			return false;
		}
		var length = request.getContentLengthLong();
		return length > SMALL || (length < 0 && request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null);
	}

	private boolean awaitRoom() {
		try {
			return room.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException _) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

}
