/**
 * The packaged service as a process of its own, laid out as in the image, and the work by
 * which its cache is trained.
 */
@NullMarked
package io.profileworkflows.image;

import org.jspecify.annotations.NullMarked;
