package io.profileworkflows.notifications;

import java.util.List;
import java.util.Map;

import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What listens and notifies, for tests of modules that use it.
 */
public final class Listeners {

	private Listeners() {
	}

	public static SmartLifecycle listener(JdbcConnectionDetails database, ChannelSubscriber subscriber) {
		var details = new StaticListableBeanFactory(Map.of("database", database))
			.getBeanProvider(JdbcConnectionDetails.class);
		return new NotificationListener(details, List.of(subscriber), new NotificationSettings(true));
	}

	public static Notifications notifications(JdbcClient jdbc, boolean listen) {
		return new Notifications(jdbc, new NotificationSettings(listen));
	}

	/** The database's processes for those that listen. */
	public static List<Integer> in(JdbcClient jdbc) {
		return jdbc.sql("""
				select pid from pg_stat_activity
				where datname = current_database() and application_name = :name and query like 'listen %'
				""").param("name", NotificationListener.APPLICATION_NAME).query(Integer.class).list();
	}

}
