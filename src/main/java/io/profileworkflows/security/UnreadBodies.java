package io.profileworkflows.security;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

import org.apache.catalina.Lifecycle;
import org.apache.catalina.connector.Connector;
import org.apache.coyote.ActionCode;
import org.apache.coyote.Adapter;
import org.apache.coyote.Request;
import org.apache.coyote.Response;
import org.apache.tomcat.util.net.ApplicationBufferHandler;
import org.apache.tomcat.util.net.SocketEvent;

/**
 * Closes the connection of a request that was answered before its body was there. The
 * server would otherwise wait for the rest of it, on the thread that answered, for as
 * long as a byte comes now and then. It is around all that the server does, since some
 * requests are refused before anything else of ours sees them.
 */
class UnreadBodies implements Adapter {

	/** A client that writes before it reads gets its answer only when it could write. */
	private static final Duration RESPITE = Duration.ofMillis(200);

	private static final Duration BETWEEN_LOOKS = Duration.ofMillis(5);

	/** Threads that wait for such clients. */
	private static final int MOST_RESPITES = 8;

	private final Semaphore respites = new Semaphore(MOST_RESPITES);

	private final Adapter server;

	private UnreadBodies(Adapter server) {
		this.server = server;
	}

	static void closeConnectionsOf(Connector connector) {
		connector.addLifecycleListener(event -> {
			if (event.getType().equals(Lifecycle.AFTER_INIT_EVENT)) {
				var protocol = connector.getProtocolHandler();
				protocol.setAdapter(new UnreadBodies(protocol.getAdapter()));
			}
		});
	}

	@Override
	public void service(Request request, Response response) throws Exception {
		takeIn(request);
		server.service(request, response);
		giveUpBody(request);
	}

	@Override
	public boolean asyncDispatch(Request request, Response response, SocketEvent event) throws Exception {
		var isFine = server.asyncDispatch(request, response, event);
		if (isFine) {
			giveUpBody(request);
		}
		return isFine;
	}

	/** Most bodies are there with the headers: to read them then needs no wait. */
	private static void takeIn(Request request) {
		if (lengthOf(request) > 0) {
			request.action(ActionCode.AVAILABLE, true);
		}
	}

	private static long lengthOf(Request request) {
		try {
			return request.getContentLengthLong();
		}
		catch (IllegalArgumentException _) {
			return -1;
		}
	}

	private void giveUpBody(Request request) {
		if (is(request, ActionCode.ASYNC_IS_ASYNC) || isRead(request)) {
			return;
		}
		if (!isDiscarded(request)) {
			request.action(ActionCode.DISABLE_SWALLOW_INPUT, null);
		}
	}

	private static boolean isRead(Request request) {
		return is(request, ActionCode.REQUEST_BODY_FULLY_READ);
	}

	private static boolean is(Request request, ActionCode question) {
		var answer = new AtomicBoolean();
		request.action(question, answer);
		return answer.get();
	}

	/** Not where it comes in chunks: reading their sizes would wait for them. */
	private boolean isDiscarded(Request request) {
		if (lengthOf(request) < 0 || !respites.tryAcquire()) {
			return false;
		}
		try {
			var begin = System.nanoTime();
			while (!isRead(request)) {
				takeIn(request);
				if (request.getAvailable() > 0) {
					request.doRead(new Nowhere());
				}
				else {
					LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
				}
				if (System.nanoTime() - begin > RESPITE.toNanos()) {
					return false;
				}
			}
			return true;
		}
		catch (IOException _) {
			return false;
		}
		finally {
			respites.release();
		}
	}

	@Override
	public boolean prepare(Request request, Response response) throws Exception {
		return server.prepare(request, response);
	}

	@Override
	public void log(Request request, Response response, long time) {
		server.log(request, response, time);
	}

	@Override
	public void checkRecycled(Request request, Response response) {
		server.checkRecycled(request, response);
	}

	@Override
	public String getDomain() {
		return server.getDomain();
	}

	/**
	 * Where what nobody reads goes.
	 */
	private static final class Nowhere implements ApplicationBufferHandler {

		private ByteBuffer buffer = EMPTY_BUFFER;

		@Override
		public void setByteBuffer(ByteBuffer buffer) {
			this.buffer = buffer;
		}

		@Override
		public ByteBuffer getByteBuffer() {
			return buffer;
		}

		@Override
		public void expand(int size) {
			// it is the server's
		}

	}

}
