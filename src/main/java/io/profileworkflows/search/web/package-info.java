/**
 * The lists: of one domain as at AWS, and of all domains.
 */
@NullMarked
package io.profileworkflows.search.web;

import org.jspecify.annotations.NullMarked;
