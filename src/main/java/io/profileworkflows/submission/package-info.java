/**
 * Turns an accepted workflow into exactly one workflow at AWS.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "customerprofiles", "database", "http", "integration", "outbox", "pauses",
		"security", "start", "workflow", "workflow :: web" })
package io.profileworkflows.submission;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
