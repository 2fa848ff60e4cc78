/**
 * Exactly one Customer Profiles integration workflow per accepted request. One package a
 * feature; which may know which stands in their {@code package-info}.
 */
@NullMarked
package io.profileworkflows;

import org.jspecify.annotations.NullMarked;
