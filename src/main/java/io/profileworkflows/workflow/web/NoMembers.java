package io.profileworkflows.workflow.web;

/**
 * An answer without members, which AWS's clients expect where there is nothing to say.
 */
record NoMembers() {
}
