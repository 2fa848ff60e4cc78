package io.profileworkflows.outbox;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Lets this process begin work that the adding transaction has claimed at once.
 */
@Component
public class Lanes {

	private final Map<String, Lane> lanes = new ConcurrentHashMap<>();

	void register(Lane lane) {
		lanes.put(lane.kind(), lane);
	}

	void deregister(Lane lane) {
		lanes.remove(lane.kind(), lane);
	}

	/**
	 * Reserves free slots, as many as there are.
	 * @param most of them
	 */
	public Reservation reserve(String kind, int most) {
		var lane = lanes.get(kind);
		return new Reservation(lane, (lane != null) ? lane.reserve(most) : 0);
	}

	/**
	 * Slots that nothing else takes until it is {@link #run used} or given back, which
	 * comes to the same.
	 */
	public static final class Reservation {

		private final @Nullable Lane lane;

		private final int slots;

		private Reservation(@Nullable Lane lane, int slots) {
			this.lane = lane;
			this.slots = slots;
		}

		public int slots() {
			return slots;
		}

		/** Runs the tasks, and gives back the slots that are left over. */
		public void run(List<ClaimedTask> tasks) {
			if (lane != null) {
				tasks.forEach(lane::run);
				lane.release(slots - tasks.size());
			}
		}

	}

}
