package io.profileworkflows.customerprofiles;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;

import static java.util.Collections.nCopies;
import static org.assertj.core.api.Assertions.assertThat;

class LatenessTests {

	@Test
	void toleratesWhatIsHardlyLate() {
		assertThat(with(Lateness.NOTHING, turn(200), 10)).isEqualTo(Lateness.NOTHING);
		assertThat(inAll(200, List.of(11))).isEqualTo(11);
	}

	@Test
	void putsOffByNoMoreThanThePlaceThatACallTakes() {
		assertThat(inAll(200, List.of(150))).isEqualTo(150);
		assertThat(inAll(200, List.of(2000))).isEqualTo(200);
	}

	@Test
	void givesEachOfThoseThatAreLateTogetherAPlace() {
		assertThat(inAll(200, List.of(800, 600, 400, 200))).isEqualTo(800);
		assertThat(inAll(200, List.of(200, 400, 600, 800))).isEqualTo(800);
		assertThat(inAll(200, List.of(5000, 5000, 5000))).isEqualTo(600);
	}

	@Test
	void putsOffByNoMoreThanTheLatestIsLate() {
		assertThat(inAll(200, nCopies(20, 300))).isEqualTo(300);
		assertThat(inAll(1000, List.of(300, 310, 290))).isEqualTo(310);
	}

	@Test
	void countsWhatIsLateOnceMore() {
		var before = with(Lateness.NOTHING, turn(1000), 300);

		var later = new Turn(true, 0, 0, Duration.ofMillis(1000), before.inAll());

		assertThat(with(before, later, 700).inAll()).isEqualTo(Duration.ofMillis(1000));
	}

	@Test
	void givesAPlaceToAStragglerOfAnEarlierGroup() {
		var before = with(Lateness.NOTHING, turn(200), 150);
		var after = with(before, new Turn(true, 0, 0, Duration.ofMillis(200), before.inAll()), 200);

		assertThat(with(after, turn(200), 2000).inAll().minus(after.inAll())).isEqualTo(Duration.ofMillis(200));
	}

	@Test
	void addsUpWhatIsTooLittleToBeWritten() {
		var little = with(with(Lateness.NOTHING, turn(4), 2000), turn(4), 2000);
		assertThat(little.isWorthWriting()).isFalse();

		var enough = with(little, turn(4), 2000);

		assertThat(enough.isWorthWriting()).isTrue();
		assertThat(enough.unwritten()).isEqualTo(Duration.ofMillis(12));
		assertThat(enough.written().isWorthWriting()).isFalse();
		assertThat(enough.written().inAll()).isEqualTo(Duration.ofMillis(12));
	}

	/** What those come to that were taken together, in milliseconds. */
	private static long inAll(int interval, List<Integer> lateness) {
		var putOff = Lateness.NOTHING;
		for (var late : lateness) {
			putOff = with(putOff, turn(interval), late);
		}
		return putOff.inAll().toMillis();
	}

	private static Turn turn(int interval) {
		return new Turn(true, 0, 0, Duration.ofMillis(interval), Duration.ZERO);
	}

	private static Lateness with(Lateness before, Turn turn, int late) {
		return before.with(turn, Duration.ofMillis(late));
	}

}
