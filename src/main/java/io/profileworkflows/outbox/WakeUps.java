package io.profileworkflows.outbox;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

import io.profileworkflows.notifications.ChannelSubscriber;
import io.profileworkflows.notifications.Notifications;

import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Spares work the wait for the next poll: tells this process's worker of work that was
 * committed here, and the other processes when this one has its hands full. Hints only;
 * the poll finds what they miss.
 */
@Component
class WakeUps implements ChannelSubscriber {

	private static final String CHANNEL = "outbox";

	private final Map<String, BooleanSupplier> sleepers = new ConcurrentHashMap<>();

	private final Notifications notifications;

	WakeUps(Notifications notifications) {
		this.notifications = notifications;
	}

	/**
	 * Work of the kind is due once the current transaction, if there is one, is
	 * committed.
	 */
	void afterCommit(String kind) {
		if (TransactionSynchronizationManager.isSynchronizationActive()) {
			TransactionSynchronizationManager.registerSynchronization(new AfterCommit(this, kind));
		}
		else {
			committed(kind);
		}
	}

	/**
	 * @param sleeper wakes up, and tells whether it has room for more work
	 */
	void register(String kind, BooleanSupplier sleeper) {
		sleepers.put(kind, sleeper);
	}

	void deregister(String kind) {
		sleepers.remove(kind);
	}

	/**
	 * Work of the kind may be due.
	 * @return false if this process has no room for it
	 */
	boolean wakeUp(String kind) {
		return sleepers.getOrDefault(kind, () -> false).getAsBoolean();
	}

	@Override
	public String channel() {
		return CHANNEL;
	}

	@Override
	public void hear(String kind) {
		wakeUp(kind);
	}

	@Override
	public void catchUp() {
		sleepers.values().forEach(BooleanSupplier::getAsBoolean);
	}

	/**
	 * There is more work of the kind than this process has room for.
	 */
	void callForHelp(String kind) {
		notifications.tellSoon(CHANNEL, kind);
	}

	private void committed(String kind) {
		if (!wakeUp(kind)) {
			callForHelp(kind);
		}
	}

	/**
	 * Being equal for equal kinds, at most one a transaction and kind.
	 */
	private record AfterCommit(WakeUps wakeUps, String kind) implements TransactionSynchronization {

		@Override
		public void afterCommit() {
			wakeUps.committed(kind);
		}

	}

}
