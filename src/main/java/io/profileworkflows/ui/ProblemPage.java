package io.profileworkflows.ui;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

import io.profileworkflows.http.Problem;
import io.profileworkflows.security.Caller;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.thymeleaf.ITemplateEngine;
import org.thymeleaf.context.WebContext;
import org.thymeleaf.web.servlet.JakartaServletWebApplication;

import org.springframework.core.MethodParameter;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.http.server.ServletServerHttpResponse;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyAdvice;

/**
 * Shows the API's errors to people where something of the page failed.
 */
@ControllerAdvice
class ProblemPage implements ResponseBodyAdvice<Object> {

	private final ITemplateEngine templates;

	private final Words words;

	ProblemPage(ITemplateEngine templates, Words words) {
		this.templates = templates;
		this.words = words;
	}

	@Override
	public boolean supports(MethodParameter returnType, Class<? extends HttpMessageConverter<?>> converterType) {
		return true;
	}

	@Override
	public @Nullable Object beforeBodyWrite(@Nullable Object body, MethodParameter returnType, MediaType contentType,
			Class<? extends HttpMessageConverter<?>> converterType, ServerHttpRequest request,
			ServerHttpResponse response) {
		if (body instanceof Problem problem && request instanceof ServletServerHttpRequest asked
				&& response instanceof ServletServerHttpResponse answer && isOfPage(asked.getServletRequest())) {
			write(problem, asked.getServletRequest(), answer);
			return null;
		}
		return body;
	}

	private static boolean isOfPage(HttpServletRequest request) {
		var failed = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
		var path = (failed != null) ? failed.toString() : request.getRequestURI();
		return path.equals("/ui") || path.startsWith("/ui/");
	}

	private void write(Problem problem, HttpServletRequest request, ServletServerHttpResponse response) {
		var exchange = JakartaServletWebApplication.buildApplication(request.getServletContext())
			.buildExchange(request, response.getServletResponse());
		var page = templates.process("ui/problem", new WebContext(exchange, Locale.ROOT,
				Map.of("problem", problem, "words", words, "viewer", new Viewer(Caller.current()))));
		response.getHeaders().setContentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8));
		try {
			response.getBody().write(page.getBytes(StandardCharsets.UTF_8));
		}
		catch (IOException failure) {
			throw new UncheckedIOException(failure);
		}
	}

}
