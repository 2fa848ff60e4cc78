package io.profileworkflows.http;

import jakarta.servlet.http.HttpServletRequest;

import org.springframework.http.HttpHeaders;

/**
 * The condition of a request that changes something without a representation.
 */
public final class IfMatch {

	private IfMatch() {
	}

	/**
	 * @throws NoEntityTag when the request has the header, which cannot fit
	 */
	public static void requireNone(HttpServletRequest request) {
		if (request.getHeader(HttpHeaders.IF_MATCH) != null) {
			throw new NoEntityTag();
		}
	}

}
