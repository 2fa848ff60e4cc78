/**
 * Where operators pause and resume over HTTP, and all others see what is paused.
 */
@NullMarked
package io.profileworkflows.pauses.web;

import org.jspecify.annotations.NullMarked;
