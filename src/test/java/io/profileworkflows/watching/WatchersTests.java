package io.profileworkflows.watching;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;

import io.profileworkflows.workflow.AcceptedWorkflow;
import io.profileworkflows.workflow.HistoryEntry;
import io.profileworkflows.workflow.Phase;
import io.profileworkflows.workflow.Status;
import io.profileworkflows.workflow.Workflow;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class WatchersTests {

	private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

	private static final Duration A_MOMENT = Duration.ofMillis(1);

	private static final Duration LONG = Duration.ofSeconds(20);

	private final Watchers watchers = new Watchers(
			new WatchingSettings(2, 1, Duration.ofHours(1), Duration.ofHours(1), Duration.ofHours(1)));

	private final Workflow workflow = AcceptedWorkflow.of("retail", "accounts", NOW);

	@Test
	void looksAtOnceAtWhatIsWatchedFromNowOn() throws InterruptedException {
		try (var watcher = watchers.watch(seen(), null)) {
			watchers.awaitHints(LONG);

			assertThat(watchers.hinted()).containsOnlyKeys(workflow.id())
				.containsEntry(workflow.id(), List.of(watcher));
			assertThat(watchers.hinted()).as("once").isEmpty();
		}
	}

	@Test
	void hintsAgainAfterALookAtAll() throws InterruptedException {
		try (var _ = watchers.watch(seen(), null)) {
			watchers.awaitHints(LONG);
			assertThat(watchers.all()).containsOnlyKeys(workflow.id());

			watchers.mayHaveChanged(workflow.id());

			assertThat(watchers.awaitHints(A_MOMENT)).isTrue();
			assertThat(watchers.hinted()).containsOnlyKeys(workflow.id());
		}
	}

	@Test
	void doesNotCareForChangesThatNobodyWatches() throws InterruptedException {
		watchers.mayHaveChanged(workflow.id());
		watchers.awaitHints(A_MOMENT);

		assertThat(watchers.hinted()).isEmpty();
		assertThat(watchers.all()).isEmpty();
	}

	@Test
	void hasNothingToTakeWhileNothingIsNew() {
		var told = new AtomicInteger();
		try (var watcher = watchers.watch(seen(), null)) {
			watcher.listen(told::incrementAndGet);

			assertThat(watcher.take()).isNull();
			assertThat(watcher.isOver()).isFalse();
			assertThat(told).hasValue(0);
		}
	}

	@Test
	void saysWhenSomethingIsNew() {
		var told = new AtomicInteger();
		try (var watcher = watchers.watch(seen(), null)) {
			watcher.listen(told::incrementAndGet);

			watcher.tell(snapshot(11));

			assertThat(told).hasValue(1);
			assertThat(watcher.take()).isNotNull();
			assertThat(watcher.take()).as("once").isNull();
		}
	}

	@Test
	void saysAtOnceWhatWasNewBeforeAnybodyListened() {
		var told = new AtomicInteger();
		try (var watcher = watchers.watch(seen(), null)) {
			watcher.tell(snapshot(11));

			watcher.listen(told::incrementAndGet);

			assertThat(told).hasValue(1);
		}
	}

	@Test
	void makesOneOfNewsThatNobodyTookYet() {
		try (var watcher = watchers.watch(seen(), null)) {
			watcher.tell(snapshot(9, 10, 11));
			watcher.tell(snapshot(10, 11, 12));
			watcher.tell(snapshot());

			var news = watcher.take();
			assertThat(news.entries()).extracting(HistoryEntry::id).containsExactly(11L, 12L);
			assertThat(news.lastEntry()).isEqualTo(12);
			assertThat(watcher.entry()).isEqualTo(12);
		}
	}

	@Test
	void tellsThoseWhoOnlyWaitOfNoHistory() {
		try (var watcher = watchers.watch(new Snapshot(workflow, null, List.of(), List.of(), Snapshot.NO_HISTORY),
				null)) {
			watcher.tell(snapshot(11, 12));

			assertThat(watcher.take().entries()).isEmpty();
		}
	}

	@Test
	void takesNoMoreOfOneCallerThanHeMayHave() {
		var annas = watchers.watch(seen(), "anna");

		assertThatExceptionOfType(TooManyWatchers.class).isThrownBy(() -> watchers.watch(seen(), "anna"))
			.satisfies(tooMany -> assertThat(tooMany.isOfOneCaller()).isTrue());
		assertThat(watchers.number()).isOne();
		try (var bobs = watchers.watch(seen(), "bob")) {
			assertThat(watchers.all().get(workflow.id())).containsExactlyInAnyOrder(annas, bobs);
		}

		annas.close();
		annas.close();
		watchers.watch(seen(), "anna").close();
		assertThat(watchers.number()).isZero();
	}

	@Test
	void takesNoMoreThanThereMayBe() {
		var first = watchers.watch(seen(), null);
		var second = watchers.watch(seen(), null);

		assertThatExceptionOfType(TooManyWatchers.class).isThrownBy(() -> watchers.watch(seen(), null))
			.withMessageContaining("2");

		first.close();
		first.close();
		assertThat(watchers.number()).isOne();
		try (var third = watchers.watch(seen(), null)) {
			assertThat(watchers.all().get(workflow.id())).containsExactlyInAnyOrder(second, third);
		}
	}

	@Test
	void letsGoOfAllWhenItCloses() {
		try (var before = watchers.watch(seen(), null); var informed = watchers.watch(seen(), null)) {
			var told = new AtomicInteger();
			before.listen(told::incrementAndGet);
			informed.tell(snapshot(11));

			watchers.close();

			assertThat(told).hasValue(1);
			assertThat(before.take()).isNull();
			assertThat(before.isOver()).isTrue();
			assertThat(informed.isOver()).as("what it was told comes first").isFalse();
			assertThat(informed.take()).isNotNull();
			assertThat(informed.isOver()).isTrue();
		}
		try (var later = watchers.watch(seen(), null)) {
			assertThat(later.isOver()).isTrue();
		}
		watchers.open();
		try (var again = watchers.watch(seen(), null)) {
			assertThat(again.isOver()).isFalse();
		}
	}

	/** With a history up to the tenth entry. */
	private Snapshot seen() {
		return new Snapshot(workflow, null, List.of(), List.of(), 10);
	}

	private Snapshot snapshot(long... entries) {
		return new Snapshot(workflow, null, List.of(),
				LongStream.of(entries)
					.mapToObj(id -> new HistoryEntry(id, NOW, Phase.ACCEPTED, Phase.ACCEPTED, Status.NOT_STARTED,
							"noted", "anna", null, null))
					.toList(),
				LongStream.of(entries).max().orElse(0));
	}

}
