/**
 * How the service works with its database: whether it is one that it can work with, how
 * statements are sent, and what a failure means. Knows no table.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "start", "threads" })
package io.profileworkflows.database;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
