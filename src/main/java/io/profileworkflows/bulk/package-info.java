/**
 * Many at once: requests for workflows out of one body.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "database", "http", "integration", "preflight", "security", "threads",
		"workflow", "workflow :: web" })
package io.profileworkflows.bulk;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
