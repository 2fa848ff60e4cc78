package io.profileworkflows.integration;

import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.ConstraintValidatorContext.ConstraintViolationBuilder.ContainerElementNodeBuilderCustomizableContext;
import jakarta.validation.ConstraintValidatorContext.ConstraintViolationBuilder.NodeBuilderCustomizableContext;
import org.jspecify.annotations.Nullable;

/**
 * Reports what a class-level rule finds on the member at fault, where Bean Validation
 * would report it on the whole record.
 */
final class Complaints {

	private final ConstraintValidatorContext context;

	/**
	 * Bean Validation keeps violations in a set, in which all those of one rule have the
	 * same hash: the time for them grows with the square of their number.
	 */
	private static final int MOST = DocumentReader.MAX_REPORTED + 1;

	private int number;

	Complaints(ConstraintValidatorContext context) {
		this.context = context;
		context.disableDefaultConstraintViolation();
	}

	boolean none() {
		return number == 0;
	}

	/**
	 * Complains about what stands at a path of component names and list indexes, which
	 * may end in the {@link Key} of a map.
	 */
	void add(String message, Object... path) {
		if (++number > MOST) {
			return;
		}
		var place = Place.start(context.buildConstraintViolationWithTemplate(message));
		Integer index = null;
		for (var step : path) {
			switch (step) {
				case Integer position -> index = position;
				case Key(var key) -> {
					place.element.apply("<map value>", Map.class).inIterable().atKey(key).addConstraintViolation();
					return;
				}
				default -> {
					place = place.step((String) step, index);
					index = null;
				}
			}
		}
		if (index != null) {
			place.element.apply("<list element>", List.class).inIterable().atIndex(index).addConstraintViolation();
		}
		else {
			place.end.run();
		}
	}

	record Key(Object key) {
	}

	/**
	 * The API of Bean Validation has a type for each kind of node and none for what they
	 * can all do.
	 */
	private record Place(Function<String, NodeBuilderCustomizableContext> property,
			BiFunction<String, Class<?>, ContainerElementNodeBuilderCustomizableContext> element, Runnable end) {

		static Place start(ConstraintValidatorContext.ConstraintViolationBuilder builder) {
			return new Place(builder::addPropertyNode,
					(name, type) -> builder.addContainerElementNode(name, type, argument(type)),
					builder::addConstraintViolation);
		}

		Place step(String component, @Nullable Integer index) {
			var node = property.apply(component);
			if (index == null) {
				return new Place(node::addPropertyNode,
						(name, type) -> node.addContainerElementNode(name, type, argument(type)),
						node::addConstraintViolation);
			}
			var indexed = node.inIterable().atIndex(index);
			return new Place(indexed::addPropertyNode,
					(name, type) -> indexed.addContainerElementNode(name, type, argument(type)),
					indexed::addConstraintViolation);
		}

		private static int argument(Class<?> container) {
			return (container == Map.class) ? 1 : 0;
		}

	}

}
