package io.profileworkflows.customerprofiles;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Answers to reads that AWS's own model allows, or that a proxy may give.
 */
class AnswersTests {

	private static final String ID = "0123456789abcdef0123456789abcdef";

	/**
	 * Keeps the event loops that all clients share alive, whose end takes two seconds.
	 */
	private static final Upstream alive = Upstream.at(URI.create("http://localhost:1"));

	@AfterAll
	static void close() {
		alive.close();
	}

	@Test
	void tellADomainThatIsNotThereFromOneWithoutWorkflows() throws IOException {
		try (var server = answering(404, "{\"Message\":\"Domain retail does not exist or access was denied\"}",
				"x-amzn-ErrorType: ResourceNotFoundException"); var upstream = Upstream.at(server.endpoint())) {
			assertThat(upstream.customerProfiles().list(Priority.SWEEP, "retail", null, null, null)).isEmpty();
		}
		try (var server = answering(200, "{}"); var upstream = Upstream.at(server.endpoint())) {
			assertThat(upstream.customerProfiles().list(Priority.SWEEP, "retail", null, null, null)).get()
				.isEqualTo(new RemotePage(List.of(), null));
		}
	}

	@Test
	void doNotTakeAProxysNotFoundForAwss() throws IOException {
		try (var server = answering(404, "<html>"); var upstream = Upstream.at(server.endpoint())) {
			var customerProfiles = upstream.customerProfiles();

			assertThatExceptionOfType(CallFailed.class)
				.isThrownBy(() -> customerProfiles.find(Priority.SWEEP, "retail", ID));
			assertThatExceptionOfType(CallFailed.class)
				.isThrownBy(() -> customerProfiles.list(Priority.SWEEP, "retail", null, null, null));
			assertThat(customerProfiles.delete("retail", ID)).isInstanceOf(DeleteOutcome.Unsettled.class);
		}
	}

	@Test
	void mayLeaveOutEveryMemberOfAWorkflow() throws IOException {
		try (var server = answering(200, "{}"); var upstream = Upstream.at(server.endpoint())) {
			assertThat(upstream.customerProfiles().find(Priority.SWEEP, "retail", ID))
				.contains(new RemoteWorkflow(ID, null, null, null, null, null, null, null, null, null));
		}
	}

	@Test
	void mayHoldAStepOfAnotherKind() throws IOException {
		try (var server = answering(200, """
				{"Items":[{},{"AppflowIntegration":{"FlowName":"accounts","Status":"PAUSED"}}]}""");
				var upstream = Upstream.at(server.endpoint())) {
			assertThat(upstream.customerProfiles().steps(Priority.SWEEP, "retail", ID))
				.containsExactly(new RemoteStep("accounts", "PAUSED", null, null, null, null, null, null));
		}
	}

	@Test
	void doNotGoOnForEver() throws IOException {
		try (var server = answering(200, "{\"Items\":[],\"NextToken\":\"again\"}");
				var upstream = Upstream.at(server.endpoint())) {
			assertThatExceptionOfType(CallFailed.class)
				.isThrownBy(() -> upstream.customerProfiles().steps(Priority.SWEEP, "retail", ID))
				.withMessageContaining("More steps than can be read");
			assertThat(server.requests()).hasSize(100);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "<html>", "{\"Items\":", "{\"Items\":[{\"Status\":\"COMPLETE\"}]}",
			"{\"Items\":[{\"WorkflowId\":\"0123456789abcdef0123456789abcdef\"}]}" })
	void proveNothingWhenUnreadable(String answer) throws IOException {
		try (var server = answering(200, answer); var upstream = Upstream.at(server.endpoint())) {
			assertThatExceptionOfType(CallFailed.class)
				.isThrownBy(() -> upstream.customerProfiles().list(Priority.SWEEP, "retail", null, null, null));
		}
	}

	@Test
	void areNotAwaitedForLongerThanACallMayTake() throws IOException {
		try (var server = SocketServer.plain(peer -> {
			peer.read();
			peer.awaitEnd();
		}); var upstream = Upstream.at(server.endpoint(), Duration.ofMillis(900))) {
			assertThatExceptionOfType(CallFailed.class)
				.isThrownBy(() -> upstream.customerProfiles().find(Priority.SWEEP, "retail", ID))
				.satisfies(failed -> assertThat(failed.reason()).isEqualTo("No answer in time"));
			assertThat(server.requests()).hasSizeBetween(1, 3);
		}
	}

	private static SocketServer answering(int status, String content, String... headers) throws IOException {
		return SocketServer.plain(peer -> {
			while (peer.read()) {
				peer.answer(status, content, headers);
			}
		});
	}

}
