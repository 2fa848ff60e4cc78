/**
 * Finds workflows by what they are and how far they are, page by page.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "deployment", "http", "integration", "pauses", "security", "workflow",
		"workflow :: web" })
package io.profileworkflows.search;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
