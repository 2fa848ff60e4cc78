/**
 * The HTTP surface: Customer Profiles' own operations on workflows and tags, extended.
 */
@NullMarked
package io.profileworkflows.workflow.web;

import org.jspecify.annotations.NullMarked;
