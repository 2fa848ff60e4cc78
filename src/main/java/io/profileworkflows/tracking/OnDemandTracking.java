package io.profileworkflows.tracking;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.profileworkflows.customerprofiles.CallFailed;
import io.profileworkflows.customerprofiles.Priority;
import io.profileworkflows.threads.PlatformThreads;
import io.profileworkflows.workflow.StatusAsked;
import io.profileworkflows.workflow.WorkflowId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * OnDemandTracking at once at a workflow that somebody asks for, where it was not seen of
 * late. The caller need not wait for that. When too many ask, the rest is left to the
 * sweeps.
 */
@Component
class OnDemandTracking implements DisposableBean {

	private static final Logger log = LoggerFactory.getLogger(OnDemandTracking.class);

	/** At once; more would only wait for the budget. */
	private static final int THREADS = 2;

	private static final int MOST_WAITING = 100;

	private static final int MOST_REMEMBERED = 10_000;

	private final Follower follower;

	private final SweepTimes times;

	private final TrackingSettings settings;

	private final Cache<WorkflowId, WorkflowId> looked;

	private final ExecutorService threads = PlatformThreads.pool("look", THREADS,
			new ArrayBlockingQueue<>(MOST_WAITING), new ThreadPoolExecutor.DiscardPolicy());

	OnDemandTracking(Follower follower, SweepTimes times, TrackingSettings settings) {
		this.follower = follower;
		this.times = times;
		this.settings = settings;
		this.looked = Caffeine.newBuilder().expireAfterWrite(settings.freshness()).maximumSize(MOST_REMEMBERED).build();
	}

	@EventListener
	void on(StatusAsked asked) {
		if (looked.asMap().putIfAbsent(asked.id(), asked.id()) == null) {
			threads.execute(() -> look(asked));
		}
	}

	private void look(StatusAsked asked) {
		try {
			if (!times.isSeenWithin(asked.domainName(), settings.freshness())) {
				follower.look(Priority.CALLER, asked.domainName(), asked.id(), asked.remoteWorkflowId());
			}
		}
		catch (CallFailed failure) {
			log.debug("Workflow {} could not be looked at for a caller", asked.id(), failure);
		}
		catch (RuntimeException failure) {
			log.warn("Workflow {} could not be looked at for a caller", asked.id(), failure);
		}
	}

	@Override
	public void destroy() {
		threads.shutdownNow();
	}

}
