/**
 * The AWS account and Region that this deployment serves. All other modules ask here.
 */
@NullMarked
@ApplicationModule(allowedDependencies = "start")
package io.profileworkflows.deployment;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
