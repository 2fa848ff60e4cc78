package io.profileworkflows.preflight;

/**
 * A role as IAM shows it.
 *
 * @param trustPolicy as IAM encodes it
 */
record IamRole(String arn, String trustPolicy) {

}
