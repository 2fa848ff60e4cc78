package io.profileworkflows.workflow.web;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

import io.profileworkflows.PostgresTest;
import io.profileworkflows.SampleRequest;
import io.profileworkflows.workflow.Snapshots;
import io.profileworkflows.workflow.Watchers;
import io.profileworkflows.workflow.WatchingSettings;
import io.profileworkflows.workflow.WorkflowId;
import io.profileworkflows.workflow.WorkflowSettings;
import io.profileworkflows.workflow.Workflows;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;

@PostgresTest
class WorkflowStreamsTests {

	private final SampleRequest sample = SampleRequest.unique();

	@Autowired
	Snapshots snapshots;

	@Autowired
	Watchers watchers;

	@Autowired
	WorkflowSettings settings;

	@Autowired
	Workflows workflows;

	@Autowired
	JsonMapper json;

	private WorkflowId id;

	@BeforeEach
	void accept() {
		id = workflows.accept(sample.request(), List.of(), "anna", null).workflow().id();
	}

	@Test
	void endsAStreamThatIsOldSoThatItIsResumed() throws Exception {
		var response = new MockHttpServletResponse();

		stream(Duration.ofMillis(10), Duration.ofMillis(50), response);

		assertThat(response.getContentAsString()).startsWith("retry: ")
			.contains("event: workflow", "\n\n:\n\n")
			.doesNotContain("event: end");
		assertThat(watchers.number()).isZero();
	}

	@Test
	void noticesThatNobodyListensAnyLonger() throws Exception {
		var response = new MockHttpServletResponse() {

			@Override
			public ServletOutputStream getOutputStream() {
				return new Broken();
			}

		};

		stream(Duration.ofMillis(10), Duration.ofHours(1), response);

		assertThat(watchers.number()).isZero();
	}

	private void stream(Duration heartbeat, Duration longest, MockHttpServletResponse response)
			throws InterruptedException {
		var watching = new WatchingSettings(1, 1, Duration.ofHours(1), heartbeat, longest);
		new WorkflowStreams(snapshots, watchers, watching, settings, json).stream(sample.domainName(), id,
				new MockHttpServletRequest(), response);
	}

	/** Breaks at the second heartbeat. */
	private static final class Broken extends ServletOutputStream {

		private int beats;

		@Override
		public void write(byte[] bytes) throws IOException {
			if (bytes[0] == ':' && ++beats == 2) {
				throw new IOException("Broken pipe");
			}
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
			throw new UnsupportedOperationException();
		}

	}

}
