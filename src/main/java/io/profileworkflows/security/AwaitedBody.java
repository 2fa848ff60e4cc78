package io.profileworkflows.security;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.catalina.connector.ClientAbortException;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;

/**
 * The body of a request on its way. It is read as it arrives, and no thread waits for it.
 */
class AwaitedBody implements ReadListener, AsyncListener {

	/** A client that sends more than that is not read to its end. */
	static final int MOST_READ = 32 * 1024 * 1024;

	private static final String ATTRIBUTE = AwaitedBody.class.getName();

	private static final Duration GRACE = Duration.ofMillis(500);

	/** 100 KB a second. */
	private static final double BYTES_PER_NANO = 1e-4;

	private final Sender sender;

	private final int most;

	private final LongSupplier nanos;

	private final long begin;

	private final BodyContent content = new BodyContent();

	private long started;

	private long received;

	private long lastReceived;

	private State state = State.WAITING;

	private boolean isComingBack;

	private boolean isAnswered;

	private @Nullable ServletInputStream stream;

	private @Nullable AsyncContext context;

	private Consumer<AwaitedBody> end = _ -> {
	};

	/**
	 * @param most bytes of it that are of use; one more is kept, to tell that there are
	 * more
	 * @param nanos tells the nanoseconds since any moment
	 */
	AwaitedBody(Sender sender, int most, LongSupplier nanos) {
		this.sender = sender;
		this.most = most;
		this.nanos = nanos;
		this.begin = nanos.getAsLong();
		this.started = begin;
		this.lastReceived = begin;
	}

	static @Nullable AwaitedBody of(ServletRequest request) {
		return (request.getAttribute(ATTRIBUTE) instanceof AwaitedBody body) ? body : null;
	}

	/** Whether the thread that answers the request leaves it until its body is there. */
	static boolean isAwaited(ServletRequest request) {
		var body = of(request);
		return body != null && body.context != null && !body.isAnswered;
	}

	void attachTo(ServletRequest request) {
		request.setAttribute(ATTRIBUTE, this);
	}

	Sender sender() {
		return sender;
	}

	synchronized State state() {
		return state;
	}

	synchronized BodyContent content() {
		return content;
	}

	/**
	 * Reads as much as has arrived.
	 * @return whether that is all
	 */
	boolean readNow(ServletInputStream arriving, long length) throws IOException {
		while (received < length && arriving.available() > 0) {
			read(arriving);
		}
		if (received < length) {
			return false;
		}
		state = State.COMPLETE;
		return true;
	}

	/**
	 * Lets the request wait.
	 * @param end what to do with the body when it does not arrive any more
	 */
	synchronized void await(AsyncContext waiting, Consumer<AwaitedBody> end) {
		this.context = waiting;
		this.isComingBack = false;
		this.end = end;
		waiting.setTimeout(0);
		waiting.addListener(this);
	}

	/** Begins to read, on a thread that the server has for this request. */
	void start(ServletInputStream arriving) {
		synchronized (this) {
			stream = arriving;
			state = State.ARRIVING;
			started = nanos.getAsLong();
			lastReceived = started;
		}
		arriving.setReadListener(this);
	}

	/** The request goes on, with the body or without it. */
	void answered() {
		isAnswered = true;
	}

	/** Whether an honest sender would be faster: it may have to give way. */
	synchronized boolean isLate() {
		var late = nanos.getAsLong() - started - GRACE.toNanos();
		return state == State.ARRIVING && !isComingBack && late > 0 && received < late * BYTES_PER_NANO;
	}

	Duration age() {
		return Duration.ofNanos(nanos.getAsLong() - begin);
	}

	synchronized Duration idle() {
		return Duration.ofNanos(nanos.getAsLong() - lastReceived);
	}

	@Override
	public void onDataAvailable() throws IOException {
		if (isReadEnough()) {
			end(State.COMPLETE);
		}
	}

	/** Reads what is there. The server itself tells when that was all. */
	private synchronized boolean isReadEnough() throws IOException {
		while (!isComingBack && stream != null && stream.isReady() && read(stream) >= 0) {
			if (received > MOST_READ) {
				return true;
			}
		}
		return false;
	}

	private int read(ServletInputStream arriving) throws IOException {
		var buffer = new byte[8 * 1024];
		var count = arriving.read(buffer);
		if (count > 0) {
			content.append(buffer, Math.clamp((long) most + 1 - content.length(), 0, count));
			received += count;
			lastReceived = nanos.getAsLong();
		}
		return count;
	}

	@Override
	public void onAllDataRead() {
		end(State.COMPLETE);
	}

	/** The server ends the request: its client is gone, or sent nothing for too long. */
	@Override
	public void onError(Throwable broken) {
		synchronized (this) {
			if (broken instanceof SocketTimeoutException && !isComingBack) {
				state = State.TOO_SLOW;
			}
		}
		leave();
	}

	/** Has the server come back to the request, which goes on. */
	void end(State how) {
		synchronized (this) {
			if (isComingBack) {
				return;
			}
			state = how;
		}
		comeBack();
	}

	/** Has the server come back to the request, once. */
	void comeBack() {
		AsyncContext waiting;
		synchronized (this) {
			waiting = context;
			if (isComingBack || waiting == null) {
				return;
			}
			isComingBack = true;
		}
		try {
			waiting.dispatch();
		}
		catch (IllegalStateException _) {
			leave();
		}
	}

	private void leave() {
		synchronized (this) {
			isComingBack = true;
		}
		end.accept(this);
	}

	@Override
	public void onComplete(AsyncEvent event) {
		leave();
	}

	/** A client that is gone is no failure of the service, which the metrics count. */
	@Override
	public void onError(AsyncEvent event) throws IOException {
		leave();
		if (event.getThrowable() instanceof ClientAbortException) {
			var waiting = event.getAsyncContext();
			((HttpServletResponse) waiting.getResponse()).setStatus(HttpStatus.BAD_REQUEST.value());
			waiting.complete();
		}
	}

	@Override
	public void onTimeout(AsyncEvent event) {
		// has none
	}

	@Override
	public void onStartAsync(AsyncEvent event) {
		// the request went on, and waits for something else
	}

	/**
	 * How far it has come.
	 */
	enum State {

		/** Not read yet. */
		WAITING,

		/** It is read as it comes. */
		ARRIVING,

		/** All of it, or more of it than anybody reads. */
		COMPLETE,

		/** It did not arrive in its time. */
		TOO_SLOW,

		/** It came slowly, and others waited. */
		GAVE_WAY,

		/** There was no room for it. */
		NO_ROOM

	}

}
