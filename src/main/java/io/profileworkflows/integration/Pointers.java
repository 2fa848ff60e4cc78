package io.profileworkflows.integration;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Comparator;

import jakarta.validation.ElementKind;
import jakarta.validation.Path;

/**
 * JSON Pointers (RFC 6901) to members of documents.
 */
final class Pointers {

	/**
	 * Members by name, elements by number.
	 */
	static final Comparator<String> ORDER = Pointers::compare;

	private Pointers() {
	}

	static String child(String parent, String name) {
		var escaped = (name.indexOf('~') < 0 && name.indexOf('/') < 0) ? name
				: name.replace("~", "~0").replace("/", "~1");
		return parent + '/' + escaped;
	}

	static String child(String parent, int index) {
		return parent + '/' + index;
	}

	/**
	 * Whether a pointer is to the same place as another or to one inside.
	 */
	static boolean isAtOrBelow(String pointer, String above) {
		return pointer.startsWith(above)
				&& (pointer.length() == above.length() || pointer.charAt(above.length()) == '/');
	}

	/**
	 * Says in names of the wire what Bean Validation says in those of components.
	 */
	static String of(Class<?> root, Path path) {
		Type type = root;
		var pointer = "";
		for (var node : path) {
			if (node.getIndex() != null) {
				pointer = child(pointer, node.getIndex());
				type = elementOf(type);
			}
			else if (node.getKey() != null) {
				pointer = child(pointer, node.getKey().toString());
				type = elementOf(type);
			}
			if (node.getKind() == ElementKind.PROPERTY && type instanceof Class<?> record) {
				var member = RecordShape.of(record).ofComponent(node.getName());
				if (member == null) {
					throw new IllegalStateException(record + " has no component " + node.getName());
				}
				pointer = child(pointer, member.name());
				type = member.type();
			}
		}
		return pointer;
	}

	private static Type elementOf(Type container) {
		if (container instanceof ParameterizedType generic) {
			var arguments = generic.getActualTypeArguments();
			return arguments[arguments.length - 1];
		}
		return container;
	}

	private static int compare(String left, String right) {
		var from = 0;
		var fromRight = 0;
		while (from <= left.length() && fromRight <= right.length()) {
			var to = endOfStep(left, from);
			var toRight = endOfStep(right, fromRight);
			var difference = compareSteps(left, from, to, right, fromRight, toRight);
			if (difference != 0) {
				return difference;
			}
			from = to + 1;
			fromRight = toRight + 1;
		}
		return Boolean.compare(from <= left.length(), fromRight <= right.length());
	}

	private static int endOfStep(String pointer, int from) {
		var end = pointer.indexOf('/', from);
		return (end < 0) ? pointer.length() : end;
	}

	private static int compareSteps(String left, int from, int to, String right, int fromRight, int toRight) {
		if (isIndex(left, from, to) && isIndex(right, fromRight, toRight)) {
			return Integer.compare(Integer.parseInt(left, from, to, 10),
					Integer.parseInt(right, fromRight, toRight, 10));
		}
		var inBoth = Math.min(to - from, toRight - fromRight);
		for (int step = 0; step < inBoth; step++) {
			var difference = left.charAt(from + step) - right.charAt(fromRight + step);
			if (difference != 0) {
				return difference;
			}
		}
		return (to - from) - (toRight - fromRight);
	}

	private static boolean isIndex(String pointer, int from, int to) {
		if (from == to || to - from >= 10) {
			return false;
		}
		for (int place = from; place < to; place++) {
			if (pointer.charAt(place) < '0' || pointer.charAt(place) > '9') {
				return false;
			}
		}
		return true;
	}

}
