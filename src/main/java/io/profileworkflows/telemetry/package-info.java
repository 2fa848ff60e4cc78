/**
 * What leaves this process about itself, and where to.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package io.profileworkflows.telemetry;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
