package io.profileworkflows.integration;

import java.util.stream.Collectors;

import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import org.jspecify.annotations.Nullable;

/**
 * The connector is one that may be used here, and comes with its own properties and
 * profile.
 */
class SourceRules implements ConstraintValidator<Consistent, SourceFlowConfig> {

	private final ConnectorsSettings settings;

	SourceRules(ConnectorsSettings settings) {
		this.settings = settings;
	}

	@Override
	public boolean isValid(SourceFlowConfig source, ConstraintValidatorContext context) {
		var complaints = new Complaints(context);
		@Nullable SourceConnectorType type = source.connectorType();
		@Nullable SourceConnectorProperties properties = source.sourceConnectorProperties();
		if (type != null) {
			isAllowed(type, complaints);
			isReachedThroughAProfile(type, source, complaints);
		}
		if (properties != null) {
			hasThePropertiesOf(type, properties, complaints);
		}
		return complaints.none();
	}

	private void isAllowed(SourceConnectorType type, Complaints complaints) {
		if (!settings.allowed().contains(type)) {
			var allowed = settings.allowed().stream().map(Enum::name).collect(Collectors.joining(", "));
			complaints.add("must be one of " + allowed + ": no other connector is allowed here", "connectorType");
		}
	}

	private void isReachedThroughAProfile(SourceConnectorType type, SourceFlowConfig source, Complaints complaints) {
		if (type != SourceConnectorType.S3 && source.connectorProfileName() == null) {
			complaints.add("is required when ConnectorType is " + type, "connectorProfileName");
		}
	}

	private void hasThePropertiesOf(@Nullable SourceConnectorType type, SourceConnectorProperties properties,
			Complaints complaints) {
		var present = properties.present();
		if (type == null) {
			if (present.size() != 1) {
				complaints.add("must have exactly one member, that of the connector", "sourceConnectorProperties");
			}
			return;
		}
		if (present.isEmpty()) {
			complaints.add("is required when ConnectorType is " + type, "sourceConnectorProperties", type.component());
		}
		present.stream()
			.filter(other -> other != type)
			.forEach(other -> complaints.add(
					"must be absent when ConnectorType is " + type + ", which takes " + type.member(),
					"sourceConnectorProperties", other.component()));
	}

}
