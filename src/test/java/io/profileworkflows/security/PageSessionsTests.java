package io.profileworkflows.security;

import java.time.Clock;
import java.time.Duration;
import java.util.List;

import io.profileworkflows.PostgresTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two replicas know the same sessions.
 */
@PostgresTest
class PageSessionsTests {

	private static final Duration HOUR = Duration.ofHours(1);

	@Autowired
	JdbcClient jdbc;

	private PageSessions one;

	private PageSessions other;

	@BeforeEach
	void start() {
		one = new PageSessions(jdbc, Clock.systemUTC());
		other = new PageSessions(jdbc, Clock.systemUTC());
	}

	@Test
	void areKnownToAllReplicas() {
		var token = one.begin(reader(), HOUR);

		assertThat(other.find(token)).hasValueSatisfying(caller -> {
			assertThat(caller.name()).isEqualTo("anna");
			assertThat(caller.may(Role.READER, "own-one")).isTrue();
			assertThat(caller.may(Role.SUBMITTER, "own-one")).isFalse();
		});
	}

	@Test
	void endAtOnceForAllReplicas() {
		var token = one.begin(reader(), HOUR);

		other.end(token);

		assertThat(one.find(token)).isEmpty();
	}

	@Test
	void endSoonForThoseWhoFollowSomething() {
		var token = one.begin(reader(), HOUR);
		var following = one.find(token).orElseThrow();
		var others = one.find(one.begin(reader(), HOUR)).orElseThrow();
		assertThat(following.stillMay(Role.READER, "own-one")).isTrue();
		assertThat(others.stillMay(Role.READER, "own-one")).isTrue();

		other.end(token);
		one.look();

		assertThat(following.stillMay(Role.READER, "own-one")).isFalse();
		assertThat(following.stillMaySomewhere(Role.READER)).isFalse();
		assertThat(others.stillMaySomewhere(Role.READER)).isTrue();
	}

	@Test
	void endAtOnceWhereTheirOwnerSignsOut() {
		var token = one.begin(reader(), HOUR);
		var following = one.find(token).orElseThrow();
		assertThat(following.stillMaySomewhere(Role.READER)).isTrue();

		one.end(token);

		assertThat(following.stillMaySomewhere(Role.READER)).isFalse();
	}

	@Test
	void endWithTheirTime() {
		var token = one.begin(reader(), Duration.ZERO);

		assertThat(one.find(token)).isEmpty();
		other.forget();
		assertThat(jdbc.sql("select count(*) from page_session where good_until < clock_timestamp()")
			.query(Long.class)
			.single()).isZero();
	}

	private static Caller reader() {
		return Caller.withToken("anna", Grants.read(List.of("reader:own-*")));
	}

}
