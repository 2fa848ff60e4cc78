/**
 * Whether the database is one that the service can work with, asked before anything else
 * is done with it; and how statements are sent to it. Knows no table.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package io.profileworkflows.database;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
