package io.profileworkflows.workflow.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.profileworkflows.security.Caller;
import io.profileworkflows.workflow.Phase;
import io.profileworkflows.workflow.Snapshot;
import io.profileworkflows.workflow.Snapshots;
import io.profileworkflows.workflow.Status;
import io.profileworkflows.workflow.Watcher;
import io.profileworkflows.workflow.Watchers;
import io.profileworkflows.workflow.WatchingSettings;
import io.profileworkflows.workflow.Workflow;
import io.profileworkflows.workflow.WorkflowId;
import io.profileworkflows.workflow.WorkflowSettings;
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
 * Streams the changes of one workflow, on the caller's virtual thread: its state, then
 * each entry of its history and what became of it, until its end.
 */
@Component
class WorkflowStreams {

	static final String LAST_EVENT_ID = "Last-Event-ID";

	static final String UNBUFFERED = "X-Accel-Buffering";

	static final String STATE = "workflow";

	static final String CHANGE = "change";

	static final String END = "end";

	private static final Logger log = LoggerFactory.getLogger(WorkflowStreams.class);

	private final Snapshots snapshots;

	private final Watchers watchers;

	private final WatchingSettings watching;

	private final WorkflowSettings settings;

	private final JsonMapper json;

	WorkflowStreams(Snapshots snapshots, Watchers watchers, WatchingSettings watching, WorkflowSettings settings,
			JsonMapper json) {
		this.snapshots = snapshots;
		this.watchers = watchers;
		this.watching = watching;
		this.settings = settings;
		this.json = json;
	}

	/**
	 * Streams until the end of the workflow, of the stream, or of the caller's interest.
	 */
	void stream(String domainName, WorkflowId id, HttpServletRequest request, HttpServletResponse response)
			throws InterruptedException {
		var known = lastEventId(request);
		var first = (known != null) ? snapshots.since(domainName, id, known) : snapshots.now(domainName, id);
		if (known != null && known == first.lastEntry() && first.isFinal()) {
			// the only answer after which browsers do not come back
			response.setStatus(HttpStatus.NO_CONTENT.value());
			return;
		}
		try (var watcher = watchers.watch(first, Caller.current().identity())) {
			var stream = begin(response);
			if (!HttpMethod.HEAD.matches(request.getMethod())) {
				follow(first, watcher, stream);
			}
		}
		catch (IOException gone) {
			log.debug("Nobody follows workflow {} any longer: {}", id, gone.getMessage());
		}
	}

	private void follow(Snapshot first, Watcher watcher, EventStream stream) throws IOException, InterruptedException {
		var begin = System.nanoTime();
		var seen = first;
		show(stream, seen);
		while (!seen.isFinal() && !watcher.isOver() && System.nanoTime() - begin < watching.longestStream().toNanos()) {
			var news = watcher.await(watching.heartbeat());
			if (news != null) {
				seen = news;
				show(stream, seen);
			}
			else {
				stream.beat();
			}
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
		catch (NumberFormatException notOurs) {
			// said below, like an id that no event has
		}
		throw new BadParameter(LAST_EVENT_ID, "must be the id of an event of this workflow");
	}

	private static EventStream begin(HttpServletResponse response) throws IOException {
		response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
		response.setCharacterEncoding(StandardCharsets.UTF_8);
		response.setHeader(UNBUFFERED, "no");
		var stream = new EventStream(response.getOutputStream());
		// not all at once, when a replica stops
		stream.comeBackAfter(Duration.ofMillis(ThreadLocalRandom.current().nextInt(1000, 5000)));
		return stream;
	}

	private void show(EventStream stream, Snapshot snapshot) throws IOException {
		for (var entry : snapshot.entries()) {
			stream.send(CHANGE, entry.id(), json.writeValueAsString(HistoryView.Item.of(entry)));
		}
		var workflow = snapshot.workflow();
		stream.send(STATE, snapshot.lastEntry(),
				json.writeValueAsString(WorkflowView.of(workflow, snapshot.candidates(), settings)));
		if (snapshot.isFinal()) {
			stream.send(END, snapshot.lastEntry(), json.writeValueAsString(End.of(workflow)));
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
