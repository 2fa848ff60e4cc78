/**
 * Follows what runs at AWS until it ends.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "workflow", "outbox", "customerprofiles", "threads" })
package io.profileworkflows.tracking;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
