/**
 * Where operators decide over HTTP.
 */
@NullMarked
package io.profileworkflows.submission.web;

import org.jspecify.annotations.NullMarked;
