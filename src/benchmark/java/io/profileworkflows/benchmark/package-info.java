/**
 * What the service does in a second, against what others do, in the same run and on the
 * same machine. Fails for wrong results, never for slow ones.
 */
@NullMarked
package io.profileworkflows.benchmark;

import org.jspecify.annotations.NullMarked;
