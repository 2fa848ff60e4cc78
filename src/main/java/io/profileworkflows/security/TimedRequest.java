package io.profileworkflows.security;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;

/**
 * A request whose body must arrive in time. The server itself only minds how long it
 * takes from one byte to the next.
 */
class TimedRequest extends HttpServletRequestWrapper {

	private final Duration time;

	private final long begin = System.nanoTime();

	TimedRequest(HttpServletRequest request, Duration time) {
		super(request);
		this.time = time;
	}

	@Override
	public ServletInputStream getInputStream() throws IOException {
		return new TimedBody(super.getInputStream());
	}

	@Override
	public BufferedReader getReader() throws IOException {
		return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
	}

	/** The server may have begun to answer by itself: then its answer has this to say. */
	private BodyTooSlow tooSlow() {
		var slow = new BodyTooSlow(time);
		new Refusal(BodyTooSlow.ERROR_TYPE, slow.said()).attachTo(this);
		return slow;
	}

	private final class TimedBody extends ServletInputStream {

		private final ServletInputStream body;

		TimedBody(ServletInputStream body) {
			this.body = body;
		}

		@Override
		public int read() throws IOException {
			var one = new byte[1];
			return (read(one, 0, 1) < 0) ? -1 : one[0] & 0xff;
		}

		@Override
		public int read(byte[] buffer, int offset, int length) throws IOException {
			try {
				var count = body.read(buffer, offset, length);
				if (System.nanoTime() - begin > time.toNanos()) {
					throw tooSlow();
				}
				return count;
			}
			catch (IOException failure) {
				if (failure instanceof SocketTimeoutException || failure.getCause() instanceof SocketTimeoutException) {
					throw tooSlow();
				}
				throw failure;
			}
		}

		@Override
		public boolean isFinished() {
			return body.isFinished();
		}

		@Override
		public boolean isReady() {
			return body.isReady();
		}

		@Override
		public void setReadListener(ReadListener listener) {
			body.setReadListener(listener);
		}

	}

}
