/**
 * The runs of flows, and operators' commands to them, over HTTP.
 */
@NullMarked
package io.profileworkflows.flows.web;

import org.jspecify.annotations.NullMarked;
