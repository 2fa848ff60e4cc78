package io.profileworkflows.http;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.profileworkflows.integration.Spelling;
import io.profileworkflows.security.ForAnyCaller;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Refuses parameters that an operation does not know, before it begins. Otherwise a
 * misspelt dry run would create a workflow.
 */
public class KnownParameters implements HandlerInterceptor {

	private static final String OURS = "io.profileworkflows.";

	/** They tell all mistakes in their parameters at once. */
	private static final Set<String> SEARCHES = Set.of("SearchWorkflows", "BrowseWorkflows", "Page.Workflows",
			"Page.ChooseOperation", "RetryWorkflows", "DeleteWorkflows", "TagWorkflows");

	private final ConcurrentHashMap<Method, Set<String>> known = new ConcurrentHashMap<>();

	@Override
	public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
		if (request.getQueryString() != null && handler instanceof HandlerMethod operation
				&& operation.getBeanType().getName().startsWith(OURS)
				&& !operation.hasMethodAnnotation(ForAnyCaller.class) && !SEARCHES.contains(idOf(operation))) {
			var mistakes = unknown(request.getParameterMap().keySet(),
					known.computeIfAbsent(operation.getMethod(), _ -> of(operation)));
			if (!mistakes.isEmpty()) {
				throw BadParameter.all(mistakes);
			}
		}
		return true;
	}

	/** What is wrong with each name that is not known. */
	public static List<BadParameter> unknown(Collection<String> given, Set<String> known) {
		var unknown = new TreeSet<>(given);
		unknown.removeAll(known);
		return unknown.stream().map(name -> new BadParameter(name, notKnown(name, known))).toList();
	}

	private static String notKnown(String name, Set<String> known) {
		var nearest = Spelling.nearest(name, known);
		if (nearest != null) {
			return "is not a parameter of this operation; did you mean " + nearest + "?";
		}
		return "is not a parameter of this operation, which has "
				+ (known.isEmpty() ? "none" : known.stream().sorted().collect(Collectors.joining(", ")));
	}

	private static Set<String> of(HandlerMethod operation) {
		var inSignature = Arrays.stream(operation.getMethodParameters())
			.map(parameter -> parameter.getParameterAnnotation(RequestParam.class))
			.filter(Objects::nonNull)
			.map(parameter -> parameter.name().isEmpty() ? parameter.value() : parameter.name());
		return Stream.concat(inSignature, readByHand(operation)).collect(Collectors.toUnmodifiableSet());
	}

	private static Stream<String> readByHand(HandlerMethod operation) {
		return idOf(operation).equals("UntagResource") ? Stream.of("tagKeys") : Stream.empty();
	}

	private static String idOf(HandlerMethod operation) {
		var mapping = operation.getMethodAnnotation(RequestMapping.class);
		return (mapping != null) ? mapping.name() : "";
	}

}
