package io.profileworkflows.appflow;

import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.appflow.model.ConnectorEntityField;

/**
 * A field of an object at its source. What the source does not tell of it is null.
 *
 * @param filterOperators as AppFlow spells them; empty where the source names none
 */
public record SourceField(String identifier, boolean deprecated, @Nullable Boolean retrievable,
		@Nullable Boolean timestampForIncrementalQueries, Set<String> filterOperators) {

	static SourceField of(ConnectorEntityField field) {
		var source = field.sourceProperties();
		var types = field.supportedFieldTypeDetails();
		var type = (types != null) ? types.v1() : null;
		return new SourceField(Objects.requireNonNullElse(field.identifier(), ""),
				Boolean.TRUE.equals(field.isDeprecated()), (source != null) ? source.isRetrievable() : null,
				(source != null) ? source.isTimestampFieldForIncrementalQueries() : null,
				(type != null) ? Set.copyOf(type.filterOperatorsAsStrings()) : Set.of());
	}

}
