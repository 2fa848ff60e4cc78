package io.profileworkflows.preflight;

/**
 * A profile object type of a domain.
 */
record ObjectType(String domainName, String name) {

}
