package io.profileworkflows.security;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BodyPlacesTests {

	private static final Sender RICH = new Sender("10.0.0.1", "rich");

	private static final Sender NEIGHBOUR = new Sender("10.0.0.1", "neighbour");

	private static final Sender OTHER = new Sender("10.0.0.2", "other");

	private final BodyPlaces places = new BodyPlaces(4);

	private long now;

	@Test
	void areTakenUntilThereIsNone() {
		var bodies = of(RICH, 5);

		assertThat(bodies.stream().map(places::take)).containsExactly(true, true, true, true, false);
		assertThat(places.takeNext()).isEmpty();
		places.leave(bodies.getFirst());
		assertThat(places.takeNext()).contains(bodies.getLast());
	}

	@Test
	void areGivenFirstToWhoHasLeast() {
		var bodies = of(RICH, 5);
		bodies.forEach(places::take);
		var neighbours = of(NEIGHBOUR, 1).getFirst();
		var others = of(OTHER, 1).getFirst();
		places.take(neighbours);
		places.take(others);

		assertThat(List.of(bodies.get(0), bodies.get(1), bodies.get(2)).stream().map(body -> {
			places.leave(body);
			return places.takeNext().orElseThrow();
		})).containsExactly(others, neighbours, bodies.getLast());
	}

	@Test
	void areNotTakenFromThoseWhoSendFast() {
		of(RICH, 4).forEach(places::take);
		places.take(of(OTHER, 1).getFirst());

		assertThat(places.givesWay()).isEmpty();
		now += Duration.ofMillis(501).toNanos();
		assertThat(places.givesWay()).isPresent();
	}

	@Test
	void areTakenFromTheOldestOfThoseWhoHaveMost() {
		var first = of(OTHER, 1).getFirst();
		var rich = of(RICH, 2);
		places.take(first);
		rich.forEach(places::take);
		places.take(of(NEIGHBOUR, 1).getFirst());
		places.take(of(OTHER, 1).getFirst());
		now += Duration.ofSeconds(1).toNanos();

		assertThat(places.givesWay()).contains(rich.getFirst());
	}

	@Test
	void areNotTakenFromWhoHasLess() {
		places.take(of(OTHER, 1).getFirst());
		now += Duration.ofSeconds(1).toNanos();
		of(RICH, 4).forEach(places::take);

		assertThat(places.givesWay()).isEmpty();
	}

	private List<AwaitedBody> of(Sender sender, int count) {
		return IntStream.range(0, count).mapToObj(_ -> {
			var body = new AwaitedBody(sender, 100_000, () -> now);
			body.start(new Silence());
			return body;
		}).toList();
	}

	/**
	 * A body of which nothing comes.
	 */
	private static final class Silence extends ServletInputStream {

		@Override
		public int read() throws IOException {
			throw new IOException("Nothing is there");
		}

		@Override
		public boolean isFinished() {
			return false;
		}

		@Override
		public boolean isReady() {
			return false;
		}

		@Override
		public void setReadListener(ReadListener listener) {
			// has nothing to tell
		}

	}

}
