/**
 * What installs the service: the chart with its alerts and dashboard, the compose file,
 * and the files of a release.
 */
@NullMarked
package io.profileworkflows.chart;

import org.jspecify.annotations.NullMarked;
