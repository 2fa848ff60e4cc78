/**
 * Turns an accepted workflow into exactly one workflow at AWS.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "integration", "workflow", "workflow :: web", "outbox", "customerprofiles",
		"security", "database" })
package io.profileworkflows.submission;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
