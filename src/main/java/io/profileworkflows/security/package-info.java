/**
 * Who calls, and what a caller may do: roles in domains, and what a domain may use at
 * AWS.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "deployment", "integration", "start", "threads" })
package io.profileworkflows.security;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
