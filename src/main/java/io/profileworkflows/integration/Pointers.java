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
		var lefts = left.split("/", -1);
		var rights = right.split("/", -1);
		for (int step = 0; step < Math.min(lefts.length, rights.length); step++) {
			var difference = compareSteps(lefts[step], rights[step]);
			if (difference != 0) {
				return difference;
			}
		}
		return Integer.compare(lefts.length, rights.length);
	}

	private static int compareSteps(String left, String right) {
		if (isIndex(left) && isIndex(right)) {
			return Integer.compare(Integer.parseInt(left), Integer.parseInt(right));
		}
		return left.compareTo(right);
	}

	private static boolean isIndex(String step) {
		return !step.isEmpty() && step.length() < 10 && step.chars().allMatch((digit) -> digit >= '0' && digit <= '9');
	}

}
