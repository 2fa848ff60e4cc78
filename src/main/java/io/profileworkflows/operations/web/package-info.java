/**
 * How callers preview, start, watch and cancel actions on many workflows.
 */
@NullMarked
@NamedInterface("web")
package io.profileworkflows.operations.web;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
