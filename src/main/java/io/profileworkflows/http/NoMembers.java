package io.profileworkflows.http;

/**
 * An answer without members, which AWS's clients expect where there is nothing to say.
 */
public record NoMembers() {
}
