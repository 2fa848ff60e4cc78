package io.profileworkflows.watching.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import io.profileworkflows.security.Caller;
import io.profileworkflows.security.Role;
import io.profileworkflows.watching.RecentChanges;
import io.profileworkflows.watching.Watchers;
import io.profileworkflows.watching.WatchingSettings;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/**
 * Tells readers of a list that something changed in a domain that they may read, but not
 * what. One thread looks and writes for all of them.
 */
@Component
public class ListStreams implements AutoCloseable {

	static final String CHANGED = "changed";

	/** A list that changes all the time is not asked for more often. */
	private static final long BETWEEN = Duration.ofSeconds(5).toNanos();

	private static final Logger log = LoggerFactory.getLogger(ListStreams.class);

	private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1,
			Thread.ofPlatform().name("list-streams").daemon().factory());

	private final Set<Stream> streams = ConcurrentHashMap.newKeySet();

	private final RecentChanges changes;

	private final Watchers watchers;

	private final WatchingSettings settings;

	ListStreams(RecentChanges changes, Watchers watchers, WatchingSettings settings) {
		this.changes = changes;
		this.watchers = watchers;
		this.settings = settings;
		var pause = settings.pollInterval().toNanos();
		thread.scheduleWithFixedDelay(this::look, pause, pause, TimeUnit.NANOSECONDS);
	}

	/**
	 * Begins to stream until the caller leaves or their rights end, and returns at once.
	 */
	public void stream(HttpServletRequest request, HttpServletResponse response) throws IOException {
		WatchController.measureApart(request);
		response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
		response.setCharacterEncoding(StandardCharsets.UTF_8);
		response.setHeader(WorkflowStreams.UNBUFFERED, "no");
		if (HttpMethod.HEAD.matches(request.getMethod())) {
			return;
		}
		var caller = Caller.current();
		watchers.enter(caller.identity());
		try {
			var events = new EventStream(response.getOutputStream());
			events.comeBackAfter(Duration.ofMillis(ThreadLocalRandom.current().nextInt(1000, 5000)));
			response.flushBuffer();
			var context = request.startAsync();
			context.setTimeout(0);
			response.getOutputStream().setWriteListener(new Stream(caller, context, events));
		}
		catch (IOException | RuntimeException failure) {
			watchers.leave(caller.identity());
			throw failure;
		}
	}

	private void look() {
		if (streams.isEmpty()) {
			return;
		}
		var domains = changedDomains();
		streams.forEach(stream -> stream.look(domains));
	}

	private Set<String> changedDomains() {
		try {
			return changes.domains();
		}
		catch (RuntimeException failure) {
			// the next look makes up for it
			log.debug("Lists could not be looked at", failure);
			return Set.of();
		}
	}

	@EventListener(ContextClosedEvent.class)
	void end() {
		streams.forEach(stream -> stream.later(stream::end));
	}

	@Override
	public void close() {
		thread.shutdown();
	}

	/**
	 * One who looks at a list. Everything happens on the thread of all.
	 */
	private final class Stream implements WriteListener {

		private final long begin = System.nanoTime();

		private final Caller caller;

		private final AsyncContext context;

		private final EventStream events;

		private long written = begin;

		private long told = begin - BETWEEN;

		/** The list was read before the stream began, and may have changed in between. */
		private boolean hasChanged = true;

		private boolean isTaken = true;

		private boolean isOver;

		Stream(Caller caller, AsyncContext context, EventStream events) {
			this.caller = caller;
			this.context = context;
			this.events = events;
		}

		@Override
		public void onWritePossible() {
			later(() -> {
				if (!isOver) {
					streams.add(this);
					write();
				}
			});
		}

		@Override
		public void onError(Throwable gone) {
			later(this::end);
		}

		void later(Runnable task) {
			try {
				thread.execute(task);
			}
			catch (RejectedExecutionException _) {
				// the process stops, and the server closes all connections
			}
		}

		void look(Set<String> domains) {
			var now = System.nanoTime();
			hasChanged |= domains.stream().anyMatch(domain -> caller.stillMay(Role.READER, domain));
			if (isPast(now) || !caller.stillMaySomewhere(Role.READER)) {
				end();
			}
			else if (hasChanged && now - told >= BETWEEN) {
				hasChanged = false;
				told = now;
				send(now, () -> events.send(CHANGED, now - begin, "list"));
			}
			else if (now - written >= settings.heartbeat().toNanos()) {
				send(now, events::beat);
			}
		}

		private boolean isPast(long now) {
			var left = caller.timeLeft();
			return now - begin >= settings.longestStream().toNanos() || left != null && left.isNegative();
		}

		/** One who takes nothing between two events is gone. */
		private void send(long now, Runnable event) {
			if (!isTaken) {
				end();
				return;
			}
			written = now;
			event.run();
			write();
		}

		private void write() {
			if (isOver) {
				return;
			}
			try {
				isTaken = events.write();
			}
			catch (IOException | RuntimeException _) {
				end();
			}
		}

		void end() {
			if (isOver) {
				return;
			}
			isOver = true;
			streams.remove(this);
			watchers.leave(caller.identity());
			try {
				context.complete();
			}
			catch (IllegalStateException _) {
				log.debug("The server ended a stream of a list");
			}
		}

	}

}
