/**
 * The request document of CreateIntegrationWorkflow, read and checked. Knows nothing else
 * of the service, and neither HTTP nor AWS.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package io.profileworkflows.integration;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
