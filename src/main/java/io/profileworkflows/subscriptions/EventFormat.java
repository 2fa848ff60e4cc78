package io.profileworkflows.subscriptions;

/**
 * How the body of a delivery is written. Constants are named as on the wire.
 */
public enum EventFormat {

	/** {@code type}, {@code timestamp} and {@code data}, as Standard Webhooks has it. */
	StandardWebhooks,
	/** CloudEvents 1.0 in JSON. */
	CloudEvents

}
