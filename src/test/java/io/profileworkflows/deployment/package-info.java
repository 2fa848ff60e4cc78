/**
 * Whether what installs the service is right: chart, alerts, dashboard, image and compose
 * file.
 */
@NullMarked
package io.profileworkflows.deployment;

import org.jspecify.annotations.NullMarked;
