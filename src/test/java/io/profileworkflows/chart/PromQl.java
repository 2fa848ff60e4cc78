package io.profileworkflows.chart;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * As much of PromQL as it takes to see which metrics an expression asks for, by which of
 * their labels.
 */
final class PromQl {

	private static final Pattern SELECTOR = Pattern
		.compile("(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)\\s*(?:\\{(?<matchers>[^}]*)})?");

	private static final Pattern LABEL = Pattern.compile("(\\w+)\\s*(?:=~|!~|!=|=)");

	private static final Pattern GROUPING = Pattern
		.compile("\\b(by|without|on|ignoring|group_left|group_right)\\s*\\([^)]*\\)");

	private static final Pattern STRING = Pattern.compile("\"[^\"]*\"|'[^']*'");

	private static final Pattern RANGE = Pattern.compile("\\[[^]]*]");

	private static final Set<String> WORDS = Set.of("and", "or", "unless", "bool", "offset", "by", "without", "on",
			"ignoring", "group_left", "group_right", "inf", "nan");

	private PromQl() {
	}

	/** Labels asked for, by metric. */
	static Map<String, Set<String>> metrics(String expression) {
		var bare = RANGE.matcher(STRING.matcher(GROUPING.matcher(expression).replaceAll(" ")).replaceAll("\"\""))
			.replaceAll(" ");
		var metrics = new HashMap<String, Set<String>>();
		var selector = SELECTOR.matcher(bare);
		while (selector.find()) {
			var name = selector.group("name");
			if (!WORDS.contains(name) && !isFunction(bare, selector.end("name")) && !isPartOfNumber(bare, selector)) {
				metrics.computeIfAbsent(name, _ -> new HashSet<>()).addAll(labels(selector.group("matchers")));
			}
		}
		return metrics;
	}

	private static Set<String> labels(@Nullable String matchers) {
		var labels = new HashSet<String>();
		if (matchers != null) {
			LABEL.matcher(matchers).results().forEach(label -> labels.add(label.group(1)));
		}
		return labels;
	}

	private static boolean isFunction(String expression, int end) {
		return expression.substring(end).stripLeading().startsWith("(");
	}

	private static boolean isPartOfNumber(String expression, Matcher found) {
		return found.start() > 0 && Character.isDigit(expression.charAt(found.start() - 1));
	}

}
