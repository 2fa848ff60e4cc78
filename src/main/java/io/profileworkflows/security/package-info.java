/**
 * Who may do what.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package io.profileworkflows.security;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
