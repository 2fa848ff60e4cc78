/**
 * What a caller asked for, and how far we have come with it.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "integration", "outbox", "preflight", "security", "database" })
package io.profileworkflows.workflow;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
