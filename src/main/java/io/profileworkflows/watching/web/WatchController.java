package io.profileworkflows.watching.web;

import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.profileworkflows.deployment.Deployment;
import io.profileworkflows.http.PathParts;
import io.profileworkflows.http.Representations;
import io.profileworkflows.security.Caller;
import io.profileworkflows.security.Requires;
import io.profileworkflows.security.Role;
import io.profileworkflows.watching.Snapshot;
import io.profileworkflows.watching.Snapshots;
import io.profileworkflows.watching.Watchers;
import io.profileworkflows.workflow.web.EntityTags;
import io.profileworkflows.workflow.web.WorkflowIdPart;
import io.profileworkflows.workflow.web.WorkflowView;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.filter.ServerHttpObservationFilter;

/**
 * GetWorkflow: tells how far a workflow is at once, once that changes, or each time it
 * does. A caller who waits or follows holds a connection, and no thread.
 */
@RestController
@RequestMapping("/domains/{domainName}/workflows/{workflowId}")
class WatchController {

	/** Behind the path in metrics and traces. */
	private static final String WATCHED = "#watched";

	/** For the answer itself, after the time that the caller would wait. */
	private static final Duration MORE_TIME = Duration.ofSeconds(10);

	private final Snapshots snapshots;

	private final Watchers watchers;

	private final WorkflowStreams streams;

	private final Deployment deployment;

	WatchController(Snapshots snapshots, Watchers watchers, WorkflowStreams streams, Deployment deployment) {
		this.snapshots = snapshots;
		this.watchers = watchers;
		this.streams = streams;
		this.deployment = deployment;
	}

	@Requires(Role.READER)
	@GetMapping(name = "GetWorkflow",
			produces = { MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_YAML_VALUE,
					MediaType.TEXT_EVENT_STREAM_VALUE })
	@Nullable ResponseEntity<WorkflowView> show(@PathVariable String domainName, @PathVariable String workflowId,
			HttpServletRequest request, HttpServletResponse response) throws IOException {
		PathParts.domainName(domainName);
		var id = WorkflowIdPart.of(workflowId);
		var representation = Representations.chosen(request);
		if (representation.equals(MediaType.TEXT_EVENT_STREAM)) {
			streams.stream(domainName, id, request, response);
			return null;
		}
		return answer(snapshots.of(domainName, id), representation, Optional.empty());
	}

	/** The same for a caller who says how it would like to be answered. */
	@Requires(Role.READER)
	@GetMapping(name = "GetWorkflow", headers = Prefer.HEADER,
			produces = { MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_YAML_VALUE,
					MediaType.TEXT_EVENT_STREAM_VALUE })
	@Nullable DeferredResult<ResponseEntity<WorkflowView>> showLater(@PathVariable String domainName,
			@PathVariable String workflowId, HttpServletRequest request, HttpServletResponse response)
			throws IOException {
		PathParts.domainName(domainName);
		var id = WorkflowIdPart.of(workflowId);
		var representation = Representations.chosen(request);
		if (representation.equals(MediaType.TEXT_EVENT_STREAM)) {
			streams.stream(domainName, id, request, response);
			return null;
		}
		var now = snapshots.of(domainName, id);
		var wait = Prefer.waitIn(Collections.list(request.getHeaders(Prefer.HEADER)));
		var time = wait.orElse(Duration.ZERO);
		if (time.isZero() || now.isFinal() || !EntityTags.knows(request, now.workflow(), representation)) {
			var atOnce = new DeferredResult<ResponseEntity<WorkflowView>>();
			atOnce.setResult(answer(now, representation, wait));
			return atOnce;
		}
		measureApart(request);
		return await(now, representation, time);
	}

	/**
	 * Otherwise the time for which a caller waits would count as the time that an answer
	 * takes.
	 */
	static void measureApart(HttpServletRequest request) {
		request.setAttribute(WATCHED, true);
		nameApart(request);
	}

	/**
	 * The server finds the operation anew for a caller who waited, and with it its usual
	 * name.
	 */
	static void keepApart(HttpServletRequest request) {
		if (request.getAttribute(WATCHED) != null) {
			nameApart(request);
		}
	}

	private static void nameApart(HttpServletRequest request) {
		ServerHttpObservationFilter.findObservationContext(request)
			.ifPresent(observed -> observed.setPathPattern(observed.getPathPattern() + WATCHED));
	}

	private DeferredResult<ResponseEntity<WorkflowView>> await(Snapshot seen, MediaType representation, Duration time) {
		var later = new DeferredResult<ResponseEntity<WorkflowView>>(time.plus(MORE_TIME).toMillis());
		var caller = Caller.current();
		var watcher = watchers.watch(seen, caller.identity());
		later.onCompletion(watcher::close);
		var news = new CompletableFuture<Snapshot>();
		watcher.listen(() -> {
			var taken = watcher.take();
			// over without news: what was seen is all there is to say
			news.complete((taken != null) ? taken : seen);
		});
		news.completeOnTimeout(seen, time.toNanos(), TimeUnit.NANOSECONDS).thenAccept(told -> {
			if (caller.stillMay(Role.READER, told.workflow().domainName())) {
				later.setResult(answer(told, representation, Optional.of(time)));
			}
			else {
				later.setErrorResult(new AccessDeniedException("The access key or token is not valid any more"));
			}
		});
		return later;
	}

	private ResponseEntity<WorkflowView> answer(Snapshot seen, MediaType representation, Optional<Duration> waited) {
		var response = ResponseEntity.ok()
			.eTag(EntityTags.of(seen.workflow(), representation))
			.contentType(representation);
		waited.ifPresent(time -> response.header(Prefer.APPLIED, "wait=" + time.toSeconds()));
		return response.body(WorkflowView.of(seen.workflow(), seen.pause(), seen.candidates(), deployment));
	}

}
