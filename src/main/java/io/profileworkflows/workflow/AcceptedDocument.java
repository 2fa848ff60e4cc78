package io.profileworkflows.workflow;

/**
 * The forms in which an accepted request is kept.
 */
record AcceptedDocument(String request, byte[] digest, String warnings) {
}
