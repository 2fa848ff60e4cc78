/**
 * The lists: of one domain as at AWS, and of all domains.
 */
@NullMarked
@NamedInterface("web")
package io.profileworkflows.search.web;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
