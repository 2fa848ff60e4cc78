package io.profileworkflows.security;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;

/**
 * A request whose body was read already, and can be read once more.
 */
class ReadRequest extends HttpServletRequestWrapper {

	private final BodyContent content;

	private final InputStream body;

	ReadRequest(HttpServletRequest request, BodyContent body) {
		super(request);
		this.content = body;
		this.body = body.stream();
	}

	BodyContent body() {
		return content;
	}

	@Override
	public ServletInputStream getInputStream() {
		return new Body();
	}

	@Override
	public BufferedReader getReader() {
		return new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
	}

	private final class Body extends ServletInputStream {

		@Override
		public int read() throws IOException {
			return body.read();
		}

		@Override
		public int read(byte[] buffer, int offset, int length) throws IOException {
			return body.read(buffer, offset, length);
		}

		@Override
		public int available() throws IOException {
			return body.available();
		}

		@Override
		public boolean markSupported() {
			return true;
		}

		@Override
		public void mark(int limit) {
			body.mark(limit);
		}

		@Override
		public void reset() throws IOException {
			body.reset();
		}

		@Override
		public boolean isFinished() {
			try {
				return body.available() == 0;
			}
			catch (IOException failure) {
				throw new UncheckedIOException(failure);
			}
		}

		@Override
		public boolean isReady() {
			return true;
		}

		@Override
		public void setReadListener(ReadListener listener) {
			throw new IllegalStateException("The body is there already: there is nothing to listen for");
		}

	}

}
