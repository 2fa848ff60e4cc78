package io.profileworkflows.http;

/**
 * An answer without members. AWS's clients expect one where there is nothing to say.
 */
public record NoMembers() {
}
