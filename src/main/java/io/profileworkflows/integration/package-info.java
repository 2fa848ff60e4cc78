/**
 * The request document of CreateIntegrationWorkflow, read and checked. Knows nothing else
 * of the service but the form of schedules, and neither HTTP nor AWS.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "deployment", "schedule" })
package io.profileworkflows.integration;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
