/**
 * The port to Amazon AppFlow: calls it within a budget of its own, and says what came of
 * the call. Knows neither our workflows nor our database.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "customerprofiles", "deployment" })
package io.profileworkflows.appflow;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
