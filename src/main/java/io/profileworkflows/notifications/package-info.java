/**
 * Hints between the replicas, by LISTEN and NOTIFY of PostgreSQL. Any of them may get
 * lost.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "database", "threads" })
package io.profileworkflows.notifications;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
