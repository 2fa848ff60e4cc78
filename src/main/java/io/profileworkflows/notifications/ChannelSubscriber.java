package io.profileworkflows.notifications;

/**
 * Hears what the processes of the service tell each other on one channel of PostgreSQL.
 * All of it are hints, of which any may get lost; no call may take long.
 */
public interface ChannelSubscriber {

	String channel();

	void hear(String told);

	/** Whatever was told before may have been missed. */
	void catchUp();

}
