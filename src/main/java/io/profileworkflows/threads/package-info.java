/**
 * The threads that work runs on, and the end of the process. Knows no feature.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package io.profileworkflows.threads;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
