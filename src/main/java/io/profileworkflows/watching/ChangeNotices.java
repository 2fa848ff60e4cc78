package io.profileworkflows.watching;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

import io.profileworkflows.notifications.ChannelSubscriber;
import io.profileworkflows.notifications.Notifications;
import io.profileworkflows.threads.CoalescedTask;
import io.profileworkflows.workflow.WorkflowId;

import org.springframework.stereotype.Component;

/**
 * Tells the other processes which workflows changed, and hears it from them. Many changes
 * share a notification, and between two of them is a pause: PostgreSQL commits
 * transactions that notify one by one, and nobody's change should wait for that.
 */
@Component
class ChangeNotices implements ChannelSubscriber {

	private static final String CHANNEL = "workflow";

	private static final String MANY = "*";

	/**
	 * So many ids and spaces are surely less than the 8000 bytes that a notice may have.
	 */
	private static final int MOST_IDS = 200;

	private static final Duration PAUSE = Duration.ofMillis(50);

	private final Set<WorkflowId> unsent = ConcurrentHashMap.newKeySet();

	private final CoalescedTask task = new CoalescedTask("change-notices", this::sendAll);

	private final Notifications notifications;

	private final Watchers watchers;

	ChangeNotices(Notifications notifications, Watchers watchers) {
		this.notifications = notifications;
		this.watchers = watchers;
	}

	/** Does not wait until it is sent. */
	void send(WorkflowId changed) {
		unsent.add(changed);
		task.ask();
	}

	private void sendAll() {
		var taken = List.copyOf(unsent);
		unsent.removeAll(taken);
		if (!taken.isEmpty()) {
			notifications.tell(CHANNEL, written(taken));
		}
		LockSupport.parkNanos(PAUSE.toNanos());
	}

	private static String written(List<WorkflowId> ids) {
		return (ids.size() > MOST_IDS) ? MANY : ids.stream().map(WorkflowId::toString).collect(Collectors.joining(" "));
	}

	@Override
	public String channel() {
		return CHANNEL;
	}

	@Override
	public void hear(String told) {
		if (told.equals(MANY)) {
			catchUp();
		}
		else {
			Arrays.stream(told.split(" ")).forEach(id -> WorkflowId.parse(id).ifPresent(watchers::mayHaveChanged));
		}
	}

	@Override
	public void catchUp() {
		watchers.allMayHaveChanged();
	}

}
