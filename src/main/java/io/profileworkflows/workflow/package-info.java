/**
 * What a caller asked for, and how far we have come with it.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "customerprofiles", "database", "deployment", "http", "integration",
		"outbox", "pauses", "preflight", "security" })
package io.profileworkflows.workflow;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
