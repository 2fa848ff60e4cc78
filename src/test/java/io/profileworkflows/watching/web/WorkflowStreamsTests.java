package io.profileworkflows.watching.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import io.profileworkflows.PostgresTest;
import io.profileworkflows.SampleRequest;
import io.profileworkflows.deployment.Deployment;
import io.profileworkflows.security.ThisThread;
import io.profileworkflows.watching.Snapshots;
import io.profileworkflows.watching.Watchers;
import io.profileworkflows.watching.WatchingSettings;
import io.profileworkflows.workflow.WorkflowId;
import io.profileworkflows.workflow.Workflows;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockAsyncContext;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@PostgresTest
class WorkflowStreamsTests {

	private static final Duration SOON = Duration.ofMillis(20);

	private static final Duration NEVER = Duration.ofHours(1);

	private final SampleRequest sample = SampleRequest.unique();

	private final Reader reader = new Reader();

	@Autowired
	Snapshots snapshots;

	@Autowired
	Watchers watchers;

	@Autowired
	Deployment deployment;

	@Autowired
	Workflows workflows;

	@Autowired
	JsonMapper json;

	private WorkflowId id;

	private @Nullable WorkflowStreams streams;

	@BeforeEach
	void accept() {
		ThisThread.answersAnybody();
		id = workflows.accept(sample.request(), List.of(), "anna", null).workflow().id();
	}

	@AfterEach
	void close() {
		ThisThread.answersNobody();
		reader.goes();
		await().until(() -> watchers.number() == 0);
		if (streams != null) {
			streams.close();
		}
	}

	@Test
	void endsAStreamThatIsOldSoThatItIsResumed() throws Exception {
		stream(SOON, Duration.ofMillis(100));

		await().until(reader::isComplete);
		assertThat(reader.text()).startsWith("retry: ")
			.contains("event: workflow", "\n\n:\n\n")
			.doesNotContain("event: end");
		assertThat(watchers.number()).isZero();
	}

	@Test
	void noticesThatNobodyListensAnyLonger() throws Exception {
		reader.goesAtTheSecondBeat = true;

		stream(SOON, NEVER);

		await().until(reader::isComplete);
		assertThat(watchers.number()).isZero();
	}

	@Test
	void waitsForASlowReaderWithoutAThread() throws Exception {
		reader.isReady = false;

		stream(NEVER, NEVER);
		assertThat(reader.text()).isEmpty();
		reader.takes();

		await().until(() -> reader.text().contains("event: workflow"));
	}

	@Test
	void givesUpAReaderWhoTakesNothing() throws Exception {
		reader.isReady = false;

		stream(SOON, NEVER);

		await().until(reader::isComplete);
		assertThat(reader.text()).isEmpty();
		assertThat(watchers.number()).isZero();
	}

	@Test
	void endsWithTheWorkflow() throws Exception {
		stream(NEVER, NEVER);
		assertThat(watchers.number()).isOne();

		workflows.delete(sample.domainName(), id, "anna", false);

		await().until(reader::isComplete);
		assertThat(reader.text()).contains("event: end");
	}

	private void stream(Duration heartbeat, Duration longest) throws IOException {
		var watching = new WatchingSettings(1, 1, NEVER, heartbeat, longest);
		streams = new WorkflowStreams(snapshots, watchers, watching, deployment, json);
		var request = new MockHttpServletRequest();
		request.setAsyncSupported(true);
		streams.stream(sample.domainName(), id, request, new MockHttpServletResponse() {

			@Override
			public ServletOutputStream getOutputStream() {
				return reader;
			}

		});
		reader.context = (MockAsyncContext) request.getAsyncContext();
		reader.begin();
	}

	/** What the server has for a caller at the other end. */
	private static final class Reader extends ServletOutputStream {

		private final ByteArrayOutputStream taken = new ByteArrayOutputStream();

		private volatile boolean isReady = true;

		private boolean goesAtTheSecondBeat;

		private int beats;

		private @Nullable WriteListener listener;

		private @Nullable MockAsyncContext context;

		private volatile boolean isComplete;

		void begin() throws IOException {
			context.addListener(new AsyncListener() {

				@Override
				public void onComplete(AsyncEvent event) {
					isComplete = true;
				}

				@Override
				public void onTimeout(AsyncEvent event) {
				}

				@Override
				public void onError(AsyncEvent event) {
				}

				@Override
				public void onStartAsync(AsyncEvent event) {
				}

			});
			listener.onWritePossible();
		}

		void takes() throws IOException {
			isReady = true;
			listener.onWritePossible();
		}

		void goes() {
			listener.onError(new IOException("Broken pipe"));
		}

		boolean isComplete() {
			return isComplete;
		}

		synchronized String text() {
			return taken.toString(StandardCharsets.UTF_8);
		}

		@Override
		public synchronized void write(byte[] bytes) throws IOException {
			if (goesAtTheSecondBeat && bytes[0] == ':' && ++beats == 2) {
				throw new IOException("Broken pipe");
			}
			taken.write(bytes);
		}

		@Override
		public void write(int character) {
			throw new UnsupportedOperationException();
		}

		@Override
		public boolean isReady() {
			return isReady;
		}

		@Override
		public void setWriteListener(WriteListener listener) {
			this.listener = listener;
		}

	}

}
