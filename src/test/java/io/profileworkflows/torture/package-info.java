/**
 * The service as real processes that are killed, frozen and robbed of their database. The
 * promise is kept if the simulator's log shows one workflow for each accepted request.
 */
@NullMarked
package io.profileworkflows.torture;

import org.jspecify.annotations.NullMarked;
