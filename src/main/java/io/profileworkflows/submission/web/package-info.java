/**
 * Where operators decide over HTTP.
 */
@NullMarked
@NamedInterface("web")
package io.profileworkflows.submission.web;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
