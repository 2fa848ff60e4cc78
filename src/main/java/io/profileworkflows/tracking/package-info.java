/**
 * Follows what runs at AWS until it ends.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "customerprofiles", "database", "outbox", "threads", "workflow" })
package io.profileworkflows.tracking;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
