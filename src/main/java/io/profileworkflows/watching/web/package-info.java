/**
 * GetWorkflow: answers at once, once something changes, or as a stream of events.
 */
@NullMarked
@NamedInterface("web")
package io.profileworkflows.watching.web;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
