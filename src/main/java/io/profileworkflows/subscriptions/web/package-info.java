/**
 * Subscriptions and their deliveries over HTTP.
 */
@NullMarked
package io.profileworkflows.subscriptions.web;

import org.jspecify.annotations.NullMarked;
