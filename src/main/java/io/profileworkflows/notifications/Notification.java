package io.profileworkflows.notifications;

import org.postgresql.PGNotification;

/**
 * @param what less than 8000 bytes
 */
record Notification(String channel, String what) {

	static Notification of(PGNotification notification) {
		return new Notification(notification.getName(), notification.getParameter());
	}

}
