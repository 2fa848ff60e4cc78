package io.profileworkflows.integration;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * The members of a record by their names on the wire. Found out once for each type.
 */
final class RecordShape {

	private static final ClassValue<RecordShape> SHAPES = new ClassValue<>() {

		@Override
		protected RecordShape computeValue(Class<?> type) {
			return new RecordShape(type);
		}

	};

	private final Map<String, Member> byName = new LinkedHashMap<>();

	private final Map<String, Member> byComponent = new LinkedHashMap<>();

	private final Constructor<?> constructor;

	private RecordShape(Class<?> type) {
		var components = type.getRecordComponents();
		for (int position = 0; position < components.length; position++) {
			var member = member(type, components[position], position);
			byName.put(member.name(), member);
			byComponent.put(member.component(), member);
		}
		constructor = canonicalConstructor(type, components);
	}

	static RecordShape of(Class<?> type) {
		return SHAPES.get(type);
	}

	@Nullable Member named(String name) {
		return byName.get(name);
	}

	@Nullable Member ofComponent(String component) {
		return byComponent.get(component);
	}

	Collection<String> names() {
		return byName.keySet();
	}

	int size() {
		return byName.size();
	}

	Object create(@Nullable Object[] values) {
		try {
			return constructor.newInstance(values);
		}
		catch (InvocationTargetException failure) {
			throw new IllegalStateException(constructor.getDeclaringClass() + " must leave checks to its constraints",
					failure.getCause());
		}
		catch (ReflectiveOperationException failure) {
			throw new IllegalStateException("Cannot create " + constructor.getDeclaringClass(), failure);
		}
	}

	private static Member member(Class<?> type, RecordComponent component, int position) {
		try {
			// the annotation does not apply to record components, but to their fields
			var property = type.getDeclaredField(component.getName()).getAnnotation(JsonProperty.class);
			var name = (property != null) ? property.value() : capitalized(component.getName());
			return new Member(name, component.getName(), position, component.getGenericType());
		}
		catch (NoSuchFieldException failure) {
			throw new IllegalStateException(failure);
		}
	}

	private static Constructor<?> canonicalConstructor(Class<?> type, RecordComponent[] components) {
		try {
			var types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
			var constructor = type.getDeclaredConstructor(types);
			constructor.setAccessible(true);
			return constructor;
		}
		catch (NoSuchMethodException failure) {
			throw new IllegalStateException(failure);
		}
	}

	private static String capitalized(String component) {
		return Character.toUpperCase(component.charAt(0)) + component.substring(1);
	}

	record Member(String name, String component, int position, Type type) {
	}

}
