@NullMarked
package io.profileworkflows.telemetry;

import org.jspecify.annotations.NullMarked;
