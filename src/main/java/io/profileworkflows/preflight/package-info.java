/**
 * KnownAnswers before the leap: whether what a request names is there at AWS and fit for
 * it. Knows nothing of workflows, and changes nothing.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "appflow", "customerprofiles", "deployment", "integration", "threads" })
package io.profileworkflows.preflight;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
