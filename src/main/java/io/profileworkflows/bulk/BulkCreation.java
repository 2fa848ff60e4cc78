package io.profileworkflows.bulk;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;

import io.micrometer.context.ContextExecutorService;
import io.micrometer.context.ContextSnapshotFactory;
import io.profileworkflows.database.Failure;
import io.profileworkflows.integration.Checked;
import io.profileworkflows.integration.CreateIntegrationWorkflow;
import io.profileworkflows.integration.DocumentReader;
import io.profileworkflows.integration.DocumentTooLarge;
import io.profileworkflows.integration.InvalidDocument;
import io.profileworkflows.integration.Violation;
import io.profileworkflows.preflight.Finding;
import io.profileworkflows.preflight.Preflight;
import io.profileworkflows.security.Caller;
import io.profileworkflows.security.Computing;
import io.profileworkflows.security.Role;
import io.profileworkflows.threads.PlatformThreads;
import io.profileworkflows.workflow.Admission;
import io.profileworkflows.workflow.Workflows;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Accepts many requests out of one body. Each request is checked and accepted as if it
 * came alone, so a mistake in one does not affect the others. The requests of a body are
 * read one by one, in turn with those of other callers. Several are accepted at the same
 * time, so that they share transactions. If two have the same FlowName, the first one
 * gets it.
 */
@Component
public class BulkCreation implements AutoCloseable {

	/** Requests in one body. */
	public static final int MOST = 1000;

	/** Of all bodies together: each may need a connection to the database. */
	private static final int THREADS = 8;

	/** Requests of one body that are in memory at the same time. */
	private static final int MOST_UNDER_WAY = 64;

	/** For the looks at AWS of one dry run; what comes later is not looked at. */
	private static final Duration TIME_TO_LOOK = Duration.ofSeconds(30);

	/** What is logged there belongs to the request. */
	private final ExecutorService threads = ContextExecutorService.wrap(PlatformThreads.pool("bulk", THREADS),
			ContextSnapshotFactory.builder().build()::captureAll);

	private final DocumentReader reader;

	private final Computing computing;

	private final Admission admission;

	private final Workflows workflows;

	private final Preflight preflight;

	private final InstantSource clock;

	BulkCreation(DocumentReader reader, Computing computing, Admission admission, Workflows workflows,
			Preflight preflight, InstantSource clock) {
		this.reader = reader;
		this.computing = computing;
		this.admission = admission;
		this.workflows = workflows;
		this.preflight = preflight;
		this.clock = clock;
	}

	/**
	 * Takes on all requests of a body that can be taken on. When the database fails, some
	 * of them may be taken on: to send all of them again is safe.
	 * @return what came of each, in their order
	 * @throws InvalidDocument when there is none, or more than {@link #MOST}: then none
	 * was taken on
	 * @throws DocumentTooLarge when the body is larger than many requests may be
	 */
	public List<BulkItem> create(InputStream body, BulkRequest request) throws IOException {
		var caller = Caller.current();
		return each(body, request, read -> {
			var asked = read.checked.require();
			caller.require(Role.SUBMITTER, asked.domainName());
			return () -> take(read, caller, request);
		});
	}

	private BulkItem take(Read read, Caller caller, BulkRequest request) {
		var acceptance = admission.admitItem(read.checked, caller.name(), request.key(), request.importSince());
		var workflow = acceptance.workflow();
		return new BulkItem.Taken(read.number, read.line, BulkItem.Subject.of(read.checked.require()), workflow.id(),
				acceptance.replayed(), workflows.warningsOf(workflow));
	}

	/**
	 * Says of each request what a dry run of it alone would say. The looks at AWS end
	 * after a while; requests that were not looked at by then have no findings.
	 * @see #create
	 */
	public List<BulkItem> look(InputStream body, BulkRequest request) throws IOException {
		var caller = Caller.current();
		var end = clock.instant().plus(TIME_TO_LOOK);
		return each(body, request, read -> {
			var checked = admission.check(read.checked);
			var asked = checked.value();
			if (asked == null) {
				return () -> looked(read, checked, List.of());
			}
			caller.require(Role.SUBMITTER, asked.domainName());
			return () -> looked(read, checked, clock.instant().isBefore(end) ? preflight.look(asked) : List.of());
		});
	}

	/** The request itself is not kept: there may be many of them. */
	private static BulkItem looked(Read read, Checked<CreateIntegrationWorkflow> checked, List<Finding> findings) {
		return new BulkItem.Looked(read.number, read.line, read.subject(), checked.violations(), checked.warnings(),
				findings);
	}

	private List<BulkItem> each(InputStream given, BulkRequest request, Function<Read, Step> begin) throws IOException {
		if (given.available() > DocumentReader.MAX_BYTES_OF_MANY) {
			throw new DocumentTooLarge(DocumentReader.MAX_BYTES_OF_MANY);
		}
		var body = given.markSupported() ? given : new BufferedInputStream(given);
		body.mark(DocumentReader.MAX_BYTES_OF_MANY);
		requireFew(request.format().pieces(body));
		body.reset();
		var pieces = request.format().pieces(body);
		var items = new ArrayList<BulkItem>();
		var underWay = new ArrayDeque<CompletableFuture<BulkItem>>();
		var latest = new HashMap<String, CompletableFuture<BulkItem>>();
		for (int number = 1;; number++) {
			var place = number;
			var read = computing.compute(() -> read(next(pieces), request, place));
			if (read == null) {
				break;
			}
			var flowName = read.flowName();
			var before = latest.get(flowName);
			if (before != null) {
				join(before);
			}
			var item = begin(read, begin);
			latest.put(flowName, item);
			underWay.add(item);
			if (underWay.size() == MOST_UNDER_WAY) {
				items.add(join(underWay.remove()));
			}
		}
		return joinAll(items, underWay);
	}

	private static List<BulkItem> joinAll(List<BulkItem> items, Queue<CompletableFuture<BulkItem>> underWay) {
		underWay.forEach(item -> items.add(join(item)));
		return items;
	}

	private static BulkItem join(CompletableFuture<BulkItem> item) {
		try {
			return item.join();
		}
		catch (CompletionException failure) {
			throw (failure.getCause() instanceof RuntimeException cause) ? cause : failure;
		}
	}

	/** Reads through all of it, and keeps nothing. */
	private void requireFew(Pieces pieces) {
		var number = computing.compute(() -> {
			var some = 0;
			for (var piece = next(pieces); piece != null && some <= MOST; piece = next(pieces)) {
				if (some == 0 && piece instanceof Piece.Unreadable(var message, var line)) {
					throw unreadable(message, line);
				}
				some++;
			}
			return some;
		});
		if (number == 0 || number > MOST) {
			throw new InvalidDocument(List.of(new Violation("", (number == 0) ? "must have at least one request"
					: "must have at most %s requests; none of them was accepted".formatted(MOST))));
		}
	}

	private static @Nullable Piece next(Pieces pieces) {
		try {
			return pieces.next();
		}
		catch (IOException failure) {
			throw new UncheckedIOException(failure);
		}
	}

	private @Nullable Read read(@Nullable Piece piece, BulkRequest request, int number) {
		return switch (piece) {
			case null -> null;
			case Piece.Whole(var content, var line) -> {
				var checked = reader.readOneOfMany(content, request.format().each(), line, request.importSince());
				yield new Read(number, line, checked, null);
			}
			case Piece.TooLarge(var most, var line) ->
				new Read(number, line, invalid("is too large"), new DocumentTooLarge(most));
			case Piece.Unreadable(var message, var line) ->
				new Read(number, line, invalid(said(message, line)), unreadable(message, line));
		};
	}

	private static Checked<CreateIntegrationWorkflow> invalid(String message) {
		return new Checked<>(null, List.of(new Violation("", message)), List.of());
	}

	private static InvalidDocument unreadable(String message, int line) {
		return new InvalidDocument(List.of(new Violation("", said(message, line))));
	}

	private static String said(String message, int line) {
		return "%s (line %s); nothing from here on was read".formatted(message, line);
	}

	/**
	 * @param begin makes sure that the request may go on, on this thread, and says how
	 */
	private CompletableFuture<BulkItem> begin(Read read, Function<Read, Step> begin) {
		try {
			if (read.failure != null) {
				throw read.failure;
			}
			var step = begin.apply(read);
			return CompletableFuture.supplyAsync(() -> {
				try {
					return step.run();
				}
				catch (RuntimeException failure) {
					return refused(read, failure);
				}
			}, threads);
		}
		catch (RuntimeException failure) {
			return CompletableFuture.completedFuture(refused(read, failure));
		}
	}

	private static BulkItem refused(Read read, RuntimeException failure) {
		if (Failure.isOutage(failure)) {
			// the same for all that follow
			throw failure;
		}
		return new BulkItem.Refused(read.number, read.line, read.subject(), failure);
	}

	@Override
	public void close() {
		threads.shutdownNow();
	}

	private interface Step {

		BulkItem run();

	}

	/**
	 * @param failure why it could not be read as a request at all
	 */
	private record Read(int number, int line, Checked<CreateIntegrationWorkflow> checked,
			@Nullable RuntimeException failure) {

		BulkItem.@Nullable Subject subject() {
			var request = checked.value();
			return (request != null) ? BulkItem.Subject.of(request) : null;
		}

		@Nullable String flowName() {
			var request = checked.value();
			return (request != null) ? request.flowName() : null;
		}

	}

}
