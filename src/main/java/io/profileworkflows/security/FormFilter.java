package io.profileworkflows.security;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.profileworkflows.integration.DocumentReader;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Reads the fields of a form from a body that has arrived. The server itself would wait
 * for the body on the thread that answers.
 */
class FormFilter extends OncePerRequestFilter {

	private static final int MOST_FIELDS = 50;

	private static final Pattern FORM = Pattern.compile("\\s*application/x-www-form-urlencoded\\s*(;|$)",
			Pattern.CASE_INSENSITIVE);

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		if (!(request instanceof ReadRequest read) || !isForm(request.getContentType())) {
			chain.doFilter(request, response);
			return;
		}
		if (read.body().length() > DocumentReader.MAX_BYTES) {
			refuse("RequestEntityTooLargeException",
					"The form is larger than %s bytes".formatted(DocumentReader.MAX_BYTES),
					HttpStatus.CONTENT_TOO_LARGE, request, response);
			return;
		}
		Map<String, String[]> fields;
		try {
			fields = fields(new String(read.body().bytes(), StandardCharsets.UTF_8));
		}
		catch (IllegalArgumentException _) {
			refuse("BadRequestException", "The form cannot be read", HttpStatus.BAD_REQUEST, request, response);
			return;
		}
		chain.doFilter(new Form(request, fields), response);
	}

	private static boolean isForm(@Nullable String contentType) {
		return contentType != null && FORM.matcher(contentType).lookingAt();
	}

	private static Map<String, String[]> fields(String body) {
		var fields = new LinkedHashMap<String, String[]>();
		var pairs = body.split("&", MOST_FIELDS + 1);
		if (pairs.length > MOST_FIELDS) {
			throw new IllegalArgumentException("Too many fields");
		}
		for (var pair : pairs) {
			var parts = pair.split("=", 2);
			if (!parts[0].isEmpty()) {
				fields.merge(decoded(parts[0]), new String[] { (parts.length == 2) ? decoded(parts[1]) : "" },
						FormFilter::both);
			}
		}
		return fields;
	}

	private static String decoded(String text) {
		return URLDecoder.decode(text, StandardCharsets.UTF_8);
	}

	private static String[] both(String[] some, String[] more) {
		return Stream.of(some, more).flatMap(Arrays::stream).toArray(String[]::new);
	}

	private static void refuse(String errorType, String message, HttpStatus status, HttpServletRequest request,
			HttpServletResponse response) throws IOException {
		new Refusal(errorType, message).attachTo(request);
		response.sendError(status.value());
	}

	/**
	 * A request whose parameters are the fields of its form. What its address says does
	 * not count.
	 */
	private static final class Form extends HttpServletRequestWrapper {

		private final Map<String, String[]> fields;

		Form(HttpServletRequest request, Map<String, String[]> fields) {
			super(request);
			this.fields = Collections.unmodifiableMap(fields);
		}

		@Override
		public @Nullable String getParameter(String name) {
			var values = fields.get(name);
			return (values != null) ? values[0] : null;
		}

		@Override
		public Map<String, String[]> getParameterMap() {
			return fields;
		}

		@Override
		public Enumeration<String> getParameterNames() {
			return Collections.enumeration(fields.keySet());
		}

		@Override
		public String @Nullable [] getParameterValues(String name) {
			return fields.get(name);
		}

	}

}
