/**
 * What is over leaves after its time: finished workflows, idempotency keys, and the
 * history by the month.
 */
@NullMarked
@ApplicationModule(allowedDependencies = "workflow")
package io.profileworkflows.retention;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
