package io.profileworkflows.appflow;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.appflow.model.ConnectorProfile;

/**
 * A connection to a source, which AppFlow calls a connector profile.
 *
 * @param connectorType as AppFlow spells it
 * @param provisioning how far a private connection has come, null for a public one
 */
public record Connection(@Nullable String connectorType, @Nullable String provisioning) {

	static Connection of(ConnectorProfile profile) {
		var state = profile.privateConnectionProvisioningState();
		return new Connection(profile.connectorTypeAsString(), (state != null) ? state.statusAsString() : null);
	}

}
