/**
 * Follows the flows that complete workflows left at AppFlow, and says how they are: users
 * care for records that arrive, and those begin with the flow's runs.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "appflow", "customerprofiles", "database", "http", "integration", "outbox",
		"schedule", "security", "workflow", "workflow :: web" })
package io.profileworkflows.flows;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
