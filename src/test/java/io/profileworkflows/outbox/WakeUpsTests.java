package io.profileworkflows.outbox;

import java.time.Duration;

import io.profileworkflows.Postgres;
import io.profileworkflows.notifications.Listeners;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@Tag("sql")
class WakeUpsTests {

	private final Greeter greeter = new Greeter(this::greet);

	private final JdbcConnectionDetails database = Postgres.migrated();

	private final Replica replica = new Replica(database, greeter, Replica.SETTINGS);

	@BeforeEach
	void begin() {
		replica.jdbc.sql("truncate outbox").update();
	}

	@AfterEach
	void end() {
		replica.close();
	}

	@Test
	void wakesUpWhenAnotherProcessNotifies() throws InterruptedException {
		listenAndWork();

		addAndNotify("anna");

		assertThat(greeter.next()).isEqualTo("anna");
	}

	@Test
	void listensAgainAfterItsConnectionWasLost() throws InterruptedException {
		listenAndWork();
		var lost = Listeners.in(replica.jdbc).getFirst();

		terminate(lost);

		await().until(() -> Listeners.in(replica.jdbc).size() == 1 && !Listeners.in(replica.jdbc).contains(lost));
		addAndNotify("anna");
		assertThat(greeter.next()).isEqualTo("anna");
	}

	@Test
	void makesUpForWhatItMissedWhileItWasDeaf() throws InterruptedException {
		listenAndWork();
		var lost = Listeners.in(replica.jdbc).getFirst();

		replica.transaction.executeWithoutResult(_ -> {
			terminate(lost);
			add("anna");
		});

		assertThat(greeter.next()).isEqualTo("anna");
	}

	@Test
	void costsNoMoreThanThePollIntervalWhenItCannotListen() throws InterruptedException {
		var nowhere = new JdbcConnectionDetails() {

			@Override
			public String getUsername() {
				return "nobody";
			}

			@Override
			public String getPassword() {
				return "nothing";
			}

			@Override
			public String getJdbcUrl() {
				return "jdbc:postgresql://localhost:1/nowhere";
			}

		};
		var settings = Replica.polling(Duration.ofMillis(10));

		try (var deaf = Replica.deaf(database, greeter, settings)) {
			var listener = Listeners.listener(nowhere, deaf.wakeUps);
			listener.start();
			deaf.worker.start();
			addAndNotify("anna");

			assertThat(greeter.next()).isEqualTo("anna");
			listener.stop();
		}
	}

	@Test
	void hangsUpWhenItStops() {
		listenAndWork();

		replica.listener.stop();

		await().until(() -> Listeners.in(replica.jdbc).isEmpty());
		assertThat(replica.listener.isRunning()).isFalse();
	}

	private void listenAndWork() {
		replica.listener.start();
		replica.worker.start();
		await().until(() -> Listeners.in(replica.jdbc).size() == 1);
	}

	private void greet(Work work) {
		Ends.finish(replica.outbox, work);
	}

	private void addAndNotify(String subject) {
		replica.transaction.executeWithoutResult(_ -> {
			add(subject);
			replica.jdbc.sql("select 1 from pg_notify('outbox', 'greeting')").query(Integer.class).single();
		});
	}

	private void add(String subject) {
		replica.jdbc.sql("""
				insert into outbox (subject, kind, domain, due_at)
				values (:subject, 'greeting', 'retail', clock_timestamp())
				""").param("subject", subject).update();
	}

	private void terminate(int pid) {
		replica.jdbc.sql("select pg_terminate_backend(:pid)").param("pid", pid).query(Boolean.class).single();
	}

}
