/**
 * What operators pause: the domains to which nothing is sent, since when, by whom and
 * why.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "database", "http", "integration", "security" })
package io.profileworkflows.pauses;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
