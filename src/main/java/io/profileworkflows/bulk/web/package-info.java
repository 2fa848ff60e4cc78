/**
 * How callers ask for many at once.
 */
@NullMarked
package io.profileworkflows.bulk.web;

import org.jspecify.annotations.NullMarked;
