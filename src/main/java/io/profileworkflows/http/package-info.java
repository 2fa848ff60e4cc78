/**
 * How all operations speak HTTP: bodies, parameters, pages of lists and errors, in AWS's
 * manner. Knows no operation.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "database", "integration", "security" })
package io.profileworkflows.http;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
