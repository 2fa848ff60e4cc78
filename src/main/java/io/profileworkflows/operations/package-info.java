/**
 * Actions on all workflows that a search finds: previewed, then carried out one by one in
 * the background.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "database", "http", "integration", "outbox", "search", "search :: web",
		"security", "workflow", "workflow :: web" })
package io.profileworkflows.operations;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
