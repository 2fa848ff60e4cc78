package io.profileworkflows.watching.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

import io.profileworkflows.PostgresTest;
import io.profileworkflows.security.ThisThread;
import io.profileworkflows.watching.RecentChanges;
import io.profileworkflows.watching.Watchers;
import io.profileworkflows.watching.WatchingSettings;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockAsyncContext;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * No stream here has another reason to end within an hour.
 */
@PostgresTest
class ListStreamsTests {

	private static final Duration SOON = Duration.ofMillis(20);

	private static final Duration HOUR = Duration.ofHours(1);

	private final AtomicBoolean isKnown = new AtomicBoolean(true);

	private final Output output = new Output();

	@Autowired
	RecentChanges changes;

	@Autowired
	Watchers watchers;

	@AfterEach
	void end() {
		ThisThread.answersNobody();
	}

	@Test
	void endWithTheRightsOfTheirReaders() throws IOException {
		ThisThread.answersAnybodyAsLongAs(isKnown::get);
		try (var streams = new ListStreams(changes, watchers, new WatchingSettings(1, 1, SOON, SOON, HOUR))) {
			var context = begin(streams);
			await().until(() -> output.text().contains(":\n\n"));
			assertThat(watchers.number()).isOne();

			isKnown.set(false);

			await().until(() -> watchers.number() == 0);
			assertThat(output.text()).containsOnlyOnce("event:");
			assertThat(context.getRequest().isAsyncStarted()).isFalse();
		}
	}

	/** What changes between the page and its stream would not show otherwise. */
	@Test
	void tellAtOnceThatTheListMayHaveChanged() throws IOException {
		ThisThread.answersAnybodyAsLongAs(isKnown::get);
		try (var streams = new ListStreams(changes, watchers, new WatchingSettings(1, 1, SOON, HOUR, HOUR))) {
			begin(streams);

			await().until(() -> output.text().contains("event:"));
			assertThat(output.text()).contains("event: changed");
			isKnown.set(false);
			await().until(() -> watchers.number() == 0);
		}
	}

	private MockAsyncContext begin(ListStreams streams) throws IOException {
		var request = new MockHttpServletRequest();
		request.setAsyncSupported(true);
		streams.stream(request, new MockHttpServletResponse() {

			@Override
			public ServletOutputStream getOutputStream() {
				return output;
			}

		});
		output.begin();
		return (MockAsyncContext) request.getAsyncContext();
	}

	/**
	 * A reader who takes everything.
	 */
	private static final class Output extends ServletOutputStream {

		private final ByteArrayOutputStream taken = new ByteArrayOutputStream();

		private @Nullable WriteListener listener;

		void begin() throws IOException {
			listener.onWritePossible();
		}

		String text() {
			return taken.toString(StandardCharsets.UTF_8);
		}

		@Override
		public void write(byte[] bytes) {
			taken.writeBytes(bytes);
		}

		@Override
		public void write(int character) {
			throw new UnsupportedOperationException();
		}

		@Override
		public boolean isReady() {
			return true;
		}

		@Override
		public void setWriteListener(WriteListener listener) {
			this.listener = listener;
		}

	}

}
