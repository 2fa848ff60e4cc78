/**
 * Tells others what happens to workflows: who wants to know, what they were sent, and
 * what they answered.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "customerprofiles", "database", "deployment", "http", "integration",
		"outbox", "pauses", "security", "threads", "workflow", "workflow :: web" })
package io.profileworkflows.subscriptions;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
