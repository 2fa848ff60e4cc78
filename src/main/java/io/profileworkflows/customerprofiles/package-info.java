/**
 * The port to Amazon Connect Customer Profiles: calls it, and says what came of the call.
 * Also holds the means by which AWS is called within its limits (budget, circuit,
 * faults), which the port to AppFlow shares. Knows neither our phases nor our database.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "database", "deployment", "integration" })
package io.profileworkflows.customerprofiles;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
