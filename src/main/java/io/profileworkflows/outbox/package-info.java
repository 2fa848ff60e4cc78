/**
 * Work that must happen at least once. Knows neither HTTP nor AWS.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "database", "notifications", "threads" })
package io.profileworkflows.outbox;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
