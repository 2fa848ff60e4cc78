/**
 * Callers who wait for a change of a workflow, or follow all of its changes.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "database", "deployment", "http", "notifications", "pauses", "security",
		"threads", "workflow", "workflow :: web" })
package io.profileworkflows.watching;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
