/**
 * Deletes workflows at AWS that somebody asked to delete.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "workflow", "outbox", "customerprofiles" })
package io.profileworkflows.deletion;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
