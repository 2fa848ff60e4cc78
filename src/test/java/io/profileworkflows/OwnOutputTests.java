package io.profileworkflows;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import io.profileworkflows.OwnOutput.Output;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OwnOutput.class)
class OwnOutputTests {

	private static final ExecutorService OTHERS = Executors.newSingleThreadExecutor();

	@BeforeAll
	static void startAnotherThread() throws Exception {
		OTHERS.submit(() -> {
		}).get();
	}

	@AfterAll
	static void endIt() {
		OTHERS.close();
	}

	@Test
	void hasWhatTheTestPrintsAndLogsWithItsThreads(Output output) throws InterruptedException {
		System.out.println("printed");
		System.err.println("complained");
		LoggerFactory.getLogger(getClass()).warn("logged");
		var thread = Thread.ofPlatform().start(() -> System.out.println("in a thread"));
		thread.join();

		assertThat(output).contains("printed", "complained", "logged", "in a thread");
	}

	@Test
	void hasNothingOfWhatOthersPrintMeanwhile(Output output) throws Exception {
		OTHERS.submit(() -> {
			System.out.println("of others");
			LoggerFactory.getLogger(getClass()).warn("of others", new IllegalStateException());
		}).get();
		System.out.println("own");

		assertThat(output).contains("own").doesNotContain("of others", "\tat ");
	}

}
