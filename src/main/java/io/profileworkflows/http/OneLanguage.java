package io.profileworkflows.http;

import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;

/**
 * A request that is answered in the language of the service, whichever its sender
 * prefers. The server fails at a header that names more than ten of them.
 */
class OneLanguage extends HttpServletRequestWrapper {

	OneLanguage(HttpServletRequest request) {
		super(request);
	}

	@Override
	public Locale getLocale() {
		return Locale.ROOT;
	}

	@Override
	public Enumeration<Locale> getLocales() {
		return Collections.enumeration(List.of(Locale.ROOT));
	}

}
