package io.profileworkflows.security;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import io.profileworkflows.integration.DocumentReader;
import io.profileworkflows.security.AwaitedBody.State;
import io.profileworkflows.threads.PlatformThreads;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.tomcat.autoconfigure.TomcatServerProperties;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/**
 * Waits for the bodies of requests, of all callers together and without a thread for any
 * of them. Only so many large ones arrive at the same time, since each is kept as a
 * whole; the others wait for a while. A slow sender gives way to others.
 */
@Component
class Bodies implements AutoCloseable {

	/**
	 * All bodies together that are no larger have room as well, one for each connection.
	 */
	static final int SMALL = 64 * 1024;

	static final int MOST_LARGE = 16;

	/** Bodies with many requests, of 16 MB each. */
	static final int MOST_BULK = 2;

	/** For {@link #await}: the body is read, so that an answer arrives, and not kept. */
	static final int KEEP_NOTHING = -1;

	private static final Set<String> READS = Set.of("GET", "HEAD");

	private static final Duration PATIENCE = Duration.ofSeconds(5);

	private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

	private static final String BULK = "/bulk";

	private final Duration time;

	private final Duration idle;

	private final int most;

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition changes = lock.newCondition();

	private final Set<AwaitedBody> underWay = new LinkedHashSet<>();

	private final BodyPlaces large = new BodyPlaces(MOST_LARGE);

	private final BodyPlaces bulk = new BodyPlaces(MOST_BULK);

	private boolean closed;

	Bodies(LimitsSettings settings, TomcatServerProperties tomcat) {
		this.time = settings.bodyTime();
		// the server closes the connection without an answer somewhat later
		this.idle = Objects.requireNonNullElse(tomcat.getConnectionTimeout(), time).multipliedBy(9).dividedBy(10);
		this.most = tomcat.getMaxConnections() * 3 / 4;
		PlatformThreads.start("bodies", this::look);
	}

	static boolean hasBody(HttpServletRequest request) {
		return request.getContentLengthLong() > 0 || request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null;
	}

	/** How large a body may be of use. */
	static int mostOf(HttpServletRequest request, int mostOfChange) {
		if (READS.contains(request.getMethod())) {
			return SMALL;
		}
		return request.getRequestURI().equals(BULK) ? DocumentReader.MAX_BYTES_OF_MANY : mostOfChange;
	}

	/**
	 * Waits for the body of a request.
	 * @param name of the one who sends it, or seems to
	 * @param most bytes of it that are of use
	 * @return the request with its body, or null when it is not there yet: then the
	 * thread leaves the request alone, which comes again once there is more to say
	 */
	@Nullable ReadRequest await(HttpServletRequest request, String name, int most) throws IOException {
		var known = AwaitedBody.of(request);
		if (known != null) {
			return new ReadRequest(request, known.content());
		}
		if (!hasBody(request)) {
			return new ReadRequest(request, BodyContent.NONE);
		}
		var body = new AwaitedBody(new Sender(request.getRemoteAddr(), name), most, System::nanoTime);
		body.attachTo(request);
		var length = request.getContentLengthLong();
		var stream = request.getInputStream();
		if (length > 0 && length <= SMALL && body.readNow(stream, length)) {
			return new ReadRequest(request, body.content());
		}
		body.await(request.startAsync(), this::leave);
		if (enter(body, placesFor(most, length))) {
			body.start(stream);
		}
		return null;
	}

	/**
	 * @param length negative where it is not known before the end
	 * @return null where a body needs none
	 */
	private @Nullable BodyPlaces placesFor(int most, long length) {
		if (most <= SMALL || length >= 0 && length <= SMALL) {
			return null;
		}
		var isBulk = most > DocumentReader.MAX_BYTES && (length < 0 || length > DocumentReader.MAX_BYTES);
		return isBulk ? bulk : large;
	}

	/** Begins to read the body of a request that had to wait for that. */
	void start(AwaitedBody body, ServletRequest request) throws IOException {
		body.await(request.startAsync(), this::leave);
		body.start(request.getInputStream());
	}

	private boolean enter(AwaitedBody body, @Nullable BodyPlaces places) {
		lock.lock();
		try {
			underWay.add(body);
			if (places == null || places.take(body)) {
				return true;
			}
			changes.signal();
			return false;
		}
		finally {
			lock.unlock();
		}
	}

	/** Nothing of a body is kept any more. */
	void leave(AwaitedBody body) {
		lock.lock();
		try {
			underWay.remove(body);
			if (leavePlace(body)) {
				changes.signal();
			}
		}
		finally {
			lock.unlock();
		}
	}

	private boolean leavePlace(AwaitedBody body) {
		return large.leave(body) | bulk.leave(body);
	}

	private boolean isWaiting(AwaitedBody body) {
		return large.isWaiting(body) || bulk.isWaiting(body);
	}

	int underWay() {
		lock.lock();
		try {
			return underWay.size();
		}
		finally {
			lock.unlock();
		}
	}

	/** On a thread of its own, which holds no lock of the server. */
	private void look() {
		try {
			while (true) {
				next().forEach(Runnable::run);
			}
		}
		catch (InterruptedException _) {
			Thread.currentThread().interrupt();
		}
	}

	/** What is to be done now, without the lock. */
	private List<Runnable> next() throws InterruptedException {
		lock.lockInterruptibly();
		try {
			changes.awaitNanos(BETWEEN_LOOKS.toNanos());
			if (closed) {
				throw new InterruptedException();
			}
			var next = new ArrayList<Runnable>();
			endLate(next);
			endMany(next);
			shareRoom(large, next);
			shareRoom(bulk, next);
			return next;
		}
		finally {
			lock.unlock();
		}
	}

	private void endLate(List<Runnable> next) {
		for (var body : underWay) {
			if (isWaiting(body) && body.age().compareTo(PATIENCE) > 0) {
				leavePlace(body);
				next.add(() -> body.end(State.NO_ROOM));
			}
			else if (body.age().compareTo(time) > 0 || !isWaiting(body) && body.idle().compareTo(idle) > 0) {
				next.add(() -> body.end(State.TOO_SLOW));
			}
		}
	}

	/** Keeps connections free for others. */
	private void endMany(List<Runnable> next) {
		var arriving = new LinkedHashSet<>(underWay);
		arriving.removeIf(body -> body.state() != State.ARRIVING);
		while (arriving.size() > most) {
			var slowest = BodyPlaces.slowest(arriving, BodyPlaces.NOBODY);
			if (slowest.isEmpty()) {
				return;
			}
			arriving.remove(slowest.get());
			next.add(() -> slowest.get().end(State.GAVE_WAY));
		}
	}

	private static void shareRoom(BodyPlaces places, List<Runnable> next) {
		while (places.isWaitedFor()) {
			var free = places.takeNext();
			if (free.isPresent()) {
				next.add(free.get()::comeBack);
				continue;
			}
			var slow = places.givesWay();
			if (slow.isEmpty()) {
				return;
			}
			places.leave(slow.get());
			next.add(() -> slow.get().end(State.GAVE_WAY));
		}
	}

	@Override
	public void close() {
		lock.lock();
		try {
			closed = true;
			changes.signal();
		}
		finally {
			lock.unlock();
		}
	}

}
