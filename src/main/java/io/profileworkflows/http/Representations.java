package io.profileworkflows.http;

import java.util.Collections;
import java.util.List;

import io.profileworkflows.security.Requires;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.util.MimeTypeUtils;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Chooses the representation of an answer. Caches must tell the representations apart, so
 * each answer says that it depends on {@code Accept}.
 */
public class Representations implements HandlerInterceptor {

	/** The first of equals is chosen. */
	private static final List<MediaType> ALL = List.of(MediaType.APPLICATION_JSON, MediaType.APPLICATION_YAML,
			MediaType.TEXT_EVENT_STREAM);

	/** That which the caller likes best of all that there are. */
	public static MediaType chosen(HttpServletRequest request) {
		var accepted = MediaType.parseMediaTypes(Collections.list(request.getHeaders(HttpHeaders.ACCEPT)));
		MimeTypeUtils.sortBySpecificity(accepted);
		return accepted.stream()
			.flatMap(type -> ALL.stream().filter(type::isCompatibleWith))
			.findFirst()
			.orElse(MediaType.APPLICATION_JSON);
	}

	@Override
	public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
		if (handler instanceof HandlerMethod operation && operation.hasMethodAnnotation(Requires.class)) {
			response.setHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT);
		}
		return true;
	}

}
