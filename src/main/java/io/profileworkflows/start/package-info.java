/**
 * What keeps the service from starting, in the words of the person who starts it. Knows
 * no other module; each says itself what it cannot do without.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package io.profileworkflows.start;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
