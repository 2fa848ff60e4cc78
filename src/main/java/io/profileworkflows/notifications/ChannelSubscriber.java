package io.profileworkflows.notifications;

/**
 * Gets the notifications that replicas send each other on one channel of PostgreSQL. They
 * are hints, and any of them may get lost. No method may take long.
 */
public interface ChannelSubscriber {

	String channel();

	void hear(String told);

	/** Whatever was told before may have been missed. */
	void catchUp();

}
