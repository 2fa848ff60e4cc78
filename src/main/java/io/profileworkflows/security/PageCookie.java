package io.profileworkflows.security;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;

/**
 * The cookies of the page. Browsers send them to this very host only, never in the clear,
 * and no script sees them.
 */
enum PageCookie {

	SESSION, SIGN_IN, CSRF;

	private static final String PREFIX = "__Host-profile-workflows-";

	/** Browsers take the prefix as a promise. */
	String cookieName() {
		return PREFIX + switch (this) {
			case SESSION -> "session";
			case SIGN_IN -> "sign-in";
			case CSRF -> "csrf";
		};
	}

	Optional<String> in(HttpServletRequest request) {
		var cookies = request.getCookies();
		return (cookies == null) ? Optional.empty()
				: Arrays.stream(cookies)
					.filter(cookie -> cookie.getName().equals(cookieName()))
					.map(Cookie::getValue)
					.findFirst();
	}

	void set(String value, Duration age, HttpServletResponse response) {
		response.addHeader(HttpHeaders.SET_COOKIE,
				ResponseCookie.from(cookieName(), value)
					.path("/")
					.secure(true)
					.httpOnly(true)
					.sameSite("Lax")
					.maxAge(age)
					.build()
					.toString());
	}

	void remove(HttpServletResponse response) {
		set("", Duration.ZERO, response);
	}

}
