package io.profileworkflows.http;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import org.springframework.http.HttpStatus;
import org.springframework.transaction.CannotCreateTransactionException;

import static org.assertj.core.api.Assertions.assertThat;

class ProblemsTests {

	private final Logger log = (Logger) LoggerFactory.getLogger(Problems.class);

	private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

	private final Problems problems = new Problems();

	@BeforeEach
	void begin() {
		lines.start();
		log.addAppender(lines);
	}

	@AfterEach
	void end() {
		log.detachAppender(lines);
	}

	@Test
	void tellOfAnOutageInALineWithoutATrace() {
		var answer = problems.on(new CannotCreateTransactionException("no connection"));

		assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
		assertThat(lines.list).filteredOn(line -> line.getLevel().isGreaterOrEqual(Level.INFO))
			.singleElement()
			.satisfies(line -> {
				assertThat(line.getFormattedMessage()).startsWith("The database cannot be used: ")
					.contains("no connection");
				assertThat(line.getThrowableProxy()).isNull();
			});
	}

	@Test
	void tellAllOfAFailureThatNobodyForesaw() {
		var answer = problems.on(new IllegalStateException("not at home"));

		assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.INTERNAL_SERVER_ERROR);
		assertThat(lines.list).singleElement().satisfies(line -> assertThat(line.getThrowableProxy()).isNotNull());
	}

}
