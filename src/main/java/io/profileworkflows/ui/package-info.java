/**
 * The page for people: what the API tells and does, in a browser. It decides nothing
 * itself.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "customerprofiles", "deployment", "flows", "http", "integration", "openapi",
		"operations", "operations :: web", "outbox", "pauses", "preflight", "search", "search :: web", "security",
		"submission", "submission :: web", "watching", "watching :: web", "workflow", "workflow :: web" })
package io.profileworkflows.ui;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
