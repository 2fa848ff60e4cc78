/**
 * The HTTP surface: Customer Profiles' own operations on workflows and tags, extended.
 */
@NullMarked
@NamedInterface("web")
package io.profileworkflows.workflow.web;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
