package io.profileworkflows.preflight;

/**
 * A KMS key.
 *
 * @param arn its own, whatever alias was asked for
 * @param state in KMS's words
 */
record Key(String arn, String state, boolean encryptsSymmetrically) {

}
