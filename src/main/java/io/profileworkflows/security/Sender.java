package io.profileworkflows.security;

/**
 * Who sends a body, as far as that is known before all of it is there.
 *
 * @param address that the connection comes from
 * @param name the caller, or the owner of the key in whose name a request is signed,
 * which anybody can claim
 */
record Sender(String address, String name) {
}
