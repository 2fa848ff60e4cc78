/**
 * Thousands of requests that nobody would think of, and what must be true of each answer.
 */
@NullMarked
package io.profileworkflows.fuzz;

import org.jspecify.annotations.NullMarked;
