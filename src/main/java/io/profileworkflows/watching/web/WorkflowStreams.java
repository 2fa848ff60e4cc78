package io.profileworkflows.watching.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.profileworkflows.deployment.Deployment;
import io.profileworkflows.http.BadParameter;
import io.profileworkflows.security.Caller;
import io.profileworkflows.security.Role;
import io.profileworkflows.watching.Snapshot;
import io.profileworkflows.watching.Snapshots;
import io.profileworkflows.watching.Watcher;
import io.profileworkflows.watching.Watchers;
import io.profileworkflows.watching.WatchingSettings;
import io.profileworkflows.workflow.Phase;
import io.profileworkflows.workflow.Status;
import io.profileworkflows.workflow.Workflow;
import io.profileworkflows.workflow.WorkflowId;
import io.profileworkflows.workflow.web.HistoryView;
import io.profileworkflows.workflow.web.WorkflowView;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/**
 * Streams the changes of one workflow until its end: first its state, then each entry of
 * its history with the new state. One thread serves all streams, because none of them
 * blocks.
 */
@Component
public class WorkflowStreams implements AutoCloseable {

	static final String LAST_EVENT_ID = "Last-Event-ID";

	static final String UNBUFFERED = "X-Accel-Buffering";

	static final String STATE = "workflow";

	static final String CHANGE = "change";

	static final String END = "end";

	private static final Logger log = LoggerFactory.getLogger(WorkflowStreams.class);

	/** A stream has its own end; the server must not bring an earlier one. */
	private static final long NO_TIMEOUT = 0;

	private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1,
			Thread.ofPlatform().name("event-streams").daemon().factory());

	private final Snapshots snapshots;

	private final Watchers watchers;

	private final WatchingSettings watching;

	private final Deployment deployment;

	private final JsonMapper json;

	WorkflowStreams(Snapshots snapshots, Watchers watchers, WatchingSettings watching, Deployment deployment,
			JsonMapper json) {
		this.snapshots = snapshots;
		this.watchers = watchers;
		this.watching = watching;
		this.deployment = deployment;
		this.json = json;
		thread.setRemoveOnCancelPolicy(true);
	}

	/**
	 * Begins to stream until the end of the workflow, of the stream, or of the caller's
	 * interest, and returns at once.
	 */
	public void stream(String domainName, WorkflowId id, HttpServletRequest request, HttpServletResponse response)
			throws IOException {
		WatchController.measureApart(request);
		var known = lastEventId(request);
		var first = (known != null) ? snapshots.since(domainName, id, known) : snapshots.now(domainName, id);
		if (known != null && known == first.lastEntry() && first.isFinal()) {
			// the only answer after which browsers do not come back
			response.setStatus(HttpStatus.NO_CONTENT.value());
			return;
		}
		response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
		response.setCharacterEncoding(StandardCharsets.UTF_8);
		response.setHeader(UNBUFFERED, "no");
		if (HttpMethod.HEAD.matches(request.getMethod())) {
			return;
		}
		var events = new EventStream(response.getOutputStream());
		// not all at once, when a replica stops
		events.comeBackAfter(Duration.ofMillis(ThreadLocalRandom.current().nextInt(1000, 5000)));
		show(events, first);
		if (first.isFinal()) {
			events.writeAll();
		}
		else {
			follow(domainName, first, events, request, response);
		}
	}

	private void follow(String domainName, Snapshot first, EventStream events, HttpServletRequest request,
			HttpServletResponse response) throws IOException {
		var watcher = watchers.watch(first, Caller.current().identity());
		try {
			// on this thread, since filters add their headers until then
			response.flushBuffer();
			var context = request.startAsync();
			context.setTimeout(NO_TIMEOUT);
			response.getOutputStream().setWriteListener(new Stream(domainName, first, watcher, context, events));
		}
		catch (IOException | RuntimeException failure) {
			watcher.close();
			throw failure;
		}
	}

	private void show(EventStream events, Snapshot snapshot) {
		for (var entry : snapshot.entries()) {
			events.send(CHANGE, entry.id(), json.writeValueAsString(HistoryView.Item.of(entry)));
		}
		var workflow = snapshot.workflow();
		events.send(STATE, snapshot.lastEntry(), json
			.writeValueAsString(WorkflowView.of(workflow, snapshot.pause(), snapshot.candidates(), deployment)));
		if (snapshot.isFinal()) {
			events.send(END, snapshot.lastEntry(), json.writeValueAsString(End.of(workflow)));
		}
	}

	private static @Nullable Long lastEventId(HttpServletRequest request) {
		var header = request.getHeader(LAST_EVENT_ID);
		if (header == null || header.isEmpty()) {
			return null;
		}
		try {
			var id = Long.parseLong(header);
			if (id >= 0) {
				return id;
			}
		}
		catch (NumberFormatException _) {
			// said below, like an id that no event has
		}
		throw new BadParameter(LAST_EVENT_ID, "must be the id of an event of this workflow");
	}

	@Override
	public void close() {
		thread.shutdown();
	}

	/**
	 * One caller who follows one workflow. After its begin, everything happens on the
	 * thread of all streams.
	 */
	private final class Stream implements WriteListener {

		private final long begin = System.nanoTime();

		private final Caller caller = Caller.current();

		private final String domainName;

		private final Watcher watcher;

		private final AsyncContext context;

		private final EventStream events;

		private Snapshot seen;

		private @Nullable Future<?> beats;

		private @Nullable Future<?> expiry;

		/** Whether the reader has taken everything so far. */
		private boolean isTaken;

		/** Whether that was already so at the last beat. */
		private boolean isStalled;

		private boolean isOver;

		Stream(String domainName, Snapshot first, Watcher watcher, AsyncContext context, EventStream events) {
			this.domainName = domainName;
			this.seen = first;
			this.watcher = watcher;
			this.context = context;
			this.events = events;
		}

		@Override
		public void onWritePossible() {
			later(() -> {
				if (beats == null) {
					var pause = watching.heartbeat().toNanos();
					beats = thread.scheduleWithFixedDelay(this::beat, pause, pause, TimeUnit.NANOSECONDS);
					var left = caller.timeLeft();
					if (left != null) {
						expiry = thread.schedule(this::write, left.toMillis() + 1, TimeUnit.MILLISECONDS);
					}
					watcher.listen(() -> later(this::write));
				}
				write();
			});
		}

		@Override
		public void onError(Throwable gone) {
			later(() -> end(gone));
		}

		private void later(Runnable task) {
			try {
				thread.execute(task);
			}
			catch (RejectedExecutionException _) {
				// the process stops, and the server closes all connections
				watcher.close();
			}
		}

		/** Takes news only when what came before is on its way, so that little waits. */
		private void write() {
			if (isOver) {
				return;
			}
			if (!caller.stillMay(Role.READER, domainName)) {
				end(null);
				return;
			}
			try {
				isTaken = events.write();
				for (var news = isTaken ? watcher.take() : null; news != null; news = isTaken ? watcher.take() : null) {
					seen = news;
					show(events, news);
					isTaken = events.write();
				}
				if (isTaken && (seen.isFinal() || watcher.isOver())) {
					end(null);
				}
			}
			catch (IOException | RuntimeException failure) {
				end(failure);
			}
		}

		private void beat() {
			if (!isTaken && isStalled) {
				end(new IOException("The reader has taken nothing since the last beat"));
			}
			else if (System.nanoTime() - begin >= watching.longestStream().toNanos()
					|| !caller.stillMay(Role.READER, domainName)) {
				end(null);
			}
			else if (isTaken) {
				events.beat();
				write();
			}
			isStalled = !isTaken;
		}

		private void end(@Nullable Throwable gone) {
			if (isOver) {
				return;
			}
			isOver = true;
			if (gone != null) {
				log.debug("Nobody follows workflow {} any longer: {}", seen.workflow().id(), gone.getMessage());
			}
			if (beats != null) {
				beats.cancel(false);
			}
			if (expiry != null) {
				expiry.cancel(false);
			}
			watcher.close();
			try {
				context.complete();
			}
			catch (IllegalStateException _) {
				log.debug("The server ended the stream of workflow {}", seen.workflow().id());
			}
		}

	}

	/**
	 * What a stream ends with.
	 */
	record End(@JsonProperty("Phase") Phase phase, @JsonProperty("Status") Status status) {

		static End of(Workflow workflow) {
			return new End(workflow.phase(), workflow.status());
		}

	}

}
