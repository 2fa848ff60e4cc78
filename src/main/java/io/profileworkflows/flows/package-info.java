/**
 * Follows the flows that complete workflows left at AppFlow, and says how they are: users
 * care for records that arrive, and those begin with the flow's runs.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "database", "integration", "workflow", "workflow :: web", "outbox",
		"appflow", "customerprofiles", "schedule", "security" })
package io.profileworkflows.flows;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
