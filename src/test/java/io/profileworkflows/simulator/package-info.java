/**
 * A small, stateful Customer Profiles to run and test against, since no emulator speaks
 * this API. Knows the wire format only, and nothing of the service that calls it.
 */
@NullMarked
package io.profileworkflows.simulator;

import org.jspecify.annotations.NullMarked;
