package io.profileworkflows.security;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;

/**
 * A request whose body was read already, and can be read once more.
 */
class ReadRequest extends HttpServletRequestWrapper {

	private final byte[] content;

	private final ByteArrayInputStream body;

	ReadRequest(HttpServletRequest request, byte[] body) {
		super(request);
		this.content = body;
		this.body = new ByteArrayInputStream(body);
	}

	byte[] body() {
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
		public int read() {
			return body.read();
		}

		@Override
		public int read(byte[] buffer, int offset, int length) {
			return body.read(buffer, offset, length);
		}

		@Override
		public boolean isFinished() {
			return body.available() == 0;
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
