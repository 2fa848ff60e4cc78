/**
 * The API in words, for people and for generators of clients: {@code openapi.yaml}, and
 * the page that shows it.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "deployment", "security" })
package io.profileworkflows.openapi;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
