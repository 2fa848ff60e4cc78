/**
 * How callers preview, start, watch and cancel actions on many workflows.
 */
@NullMarked
package io.profileworkflows.operations.web;

import org.jspecify.annotations.NullMarked;
