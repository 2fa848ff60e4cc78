package io.profileworkflows.search;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

import io.profileworkflows.http.PageTokenTests;
import io.profileworkflows.security.Wildcards;
import io.profileworkflows.workflow.Status;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class CursorTests {

	private static final UUID ID = UUID.fromString("019ab4f1-c7e8-7d3a-9f0e-2b6c5d4a3f21");

	private static final Instant AT = Instant.parse("2031-01-01T00:00:00.123456Z");

	private static final WorkflowQuery QUERY = query(Set.of("retail", "crm"), Set.of("team:crm"), null);

	@Test
	void isReadBackForTheSameSearch() {
		var cursor = new Cursor(AT, ID);

		assertThat(Cursor.fromToken(cursor.toToken(QUERY), query(Set.of("crm", "retail"), Set.of("team:crm"), null)))
			.hasValue(cursor);
	}

	static Stream<WorkflowQuery> others() {
		return Stream.of(query(Set.of("retail"), Set.of("team:crm"), null), query(Set.of(), Set.of("team:crm"), null),
				query(Set.of("retail, crm"), Set.of("team:crm"), null), query(Set.of("retail", "crm"), Set.of(), null),
				query(Set.of("retail", "crm"), Set.of("team:crm"), "a"),
				query(Set.of("retail", "crm"), Set.of("team:crm"), ""));
	}

	@ParameterizedTest
	@MethodSource("others")
	void isNoneOfAnotherSearch(WorkflowQuery other) {
		assertThat(Cursor.fromToken(new Cursor(AT, ID).toToken(QUERY), other)).isEmpty();
	}

	@Test
	void isNoneWithAnyCharacterChanged() {
		PageTokenTests.everyChangeOf(new Cursor(AT, ID).toToken(QUERY),
				text -> assertThat(Cursor.fromToken(text, QUERY)).as(text).isEmpty());
	}

	static Stream<Arguments> beyondAllTimes() {
		return Stream.of(arguments(Long.MIN_VALUE, 0), arguments(Long.MAX_VALUE, 0), arguments(-1L, 0),
				arguments(253_402_300_800L, 0), arguments(Instant.MAX.getEpochSecond(), Integer.MAX_VALUE),
				arguments(Instant.MIN.getEpochSecond(), Integer.MIN_VALUE));
	}

	/** As somebody would write it who knows how tokens are made. */
	@ParameterizedTest
	@MethodSource("beyondAllTimes")
	void isNoneOfATimeThatTheDatabaseDoesNotKnow(long seconds, int nanos) {
		var place = ByteBuffer.allocate(28).putLong(seconds).putInt(nanos).putLong(1).putLong(2).flip();

		assertThat(Cursor.of(place)).isEmpty();
	}

	private static WorkflowQuery query(Set<String> domains, Set<String> tags, @Nullable String flowName) {
		return new WorkflowQuery(Wildcards.EVERYTHING, domains, Set.of(Status.FAILED, Status.COMPLETE), Set.of(), tags,
				flowName, Set.of(), Set.of(), null, AT, null, null, null, WorkflowQuery.Order.CREATED, false);
	}

}
