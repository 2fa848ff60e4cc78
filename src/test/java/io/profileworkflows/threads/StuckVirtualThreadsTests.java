package io.profileworkflows.threads;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

import io.profileworkflows.ServiceTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * All carriers of virtual threads are pinned, as they were when two of them waited within
 * class loading for a lock that a third virtual thread held.
 */
@ServiceTest
@Isolated("other tests have virtual threads of their own")
class StuckVirtualThreadsTests {

	private static final Duration AT_ONCE = Duration.ofSeconds(5);

	private final HttpClient http = HttpClient.newHttpClient();

	private final List<Thread> stuck = new ArrayList<>();

	@LocalServerPort
	int port;

	@LocalManagementPort
	int managementPort;

	@BeforeEach
	void pinAllCarriers() {
		await().atMost(Duration.ofMinutes(1)).until(() -> {
			stuck.add(Thread.ofVirtual().name("stuck").start(new Apart()::initialize));
			return !anotherRuns();
		});
	}

	private static boolean anotherRuns() throws InterruptedException {
		return Thread.ofVirtual().start(() -> {
		}).join(Duration.ofSeconds(1));
	}

	@AfterEach
	void releaseThem() {
		stuck.forEach(Thread::interrupt);
	}

	@Test
	void everythingIsAnswered() throws Exception {
		assertThat(statusOf(managementPort, "/actuator/health/liveness")).isEqualTo(200);
		assertThat(statusOf(managementPort, "/actuator/health/readiness")).isEqualTo(200);
		assertThat(statusOf(managementPort, "/actuator/prometheus")).isEqualTo(200);
		assertThat(statusOf(port, "/workflows")).isEqualTo(200);
	}

	private int statusOf(int port, String path) throws IOException, InterruptedException {
		var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(port, path)))
			.timeout(AT_ONCE)
			.build();
		return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
	}

	/** Initializing a class pins the thread that does so, whatever it waits for. */
	static final class Stuck {

		static {
			while (!Thread.currentThread().isInterrupted()) {
				LockSupport.park();
			}
		}

		private Stuck() {
		}

	}

	/** Has a {@link Stuck} of its own, to be initialized once more. */
	private static final class Apart extends ClassLoader {

		Apart() {
			super(StuckVirtualThreadsTests.class.getClassLoader());
		}

		void initialize() {
			try {
				Class.forName(Stuck.class.getName(), true, this);
			}
			catch (ClassNotFoundException failure) {
				throw new IllegalStateException(failure);
			}
		}

		@Override
		protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
			if (!name.equals(Stuck.class.getName())) {
				return super.loadClass(name, resolve);
			}
			try (var file = StuckVirtualThreadsTests.class
				.getResourceAsStream("StuckVirtualThreadsTests$Stuck.class")) {
				var bytes = file.readAllBytes();
				return defineClass(name, bytes, 0, bytes.length);
			}
			catch (IOException failure) {
				throw new ClassNotFoundException(name, failure);
			}
		}

	}

}
