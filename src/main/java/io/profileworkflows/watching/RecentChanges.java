package io.profileworkflows.watching;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Finds the domains in which something changed since the last call. One look at the
 * latest changes serves all who ask. For one thread at a time.
 */
@Repository
public class RecentChanges {

	private static final int MOST = 1_000;

	/** Clocks of replicas differ, and a transaction shows its change when it ends. */
	private static final Duration OVERLAP = Duration.ofSeconds(20);

	private final JdbcClient jdbc;

	private Map<UUID, Long> known = Map.of();

	private @Nullable OffsetDateTime newest;

	RecentChanges(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	public Set<String> domains() {
		var isFirst = newest == null;
		var found = jdbc.sql("""
				select id, version, domain_name, updated_at from workflow
				where cast(:since as timestamptz) is null or updated_at >= :since
				order by updated_at desc, id desc limit :most
				""")
			.param("since", (newest != null) ? newest.minus(OVERLAP) : null)
			.param("most", MOST)
			.query((row, _) -> new Changed(row.getObject("id", UUID.class), row.getLong("version"),
					row.getString("domain_name"), row.getObject("updated_at", OffsetDateTime.class)))
			.list();
		var before = known;
		known = found.stream().collect(Collectors.toMap(Changed::id, Changed::version, (one, _) -> one, HashMap::new));
		found.stream().findFirst().ifPresent(latest -> newest = latest.at());
		return isFirst ? Set.of()
				: found.stream()
					.filter(changed -> !Long.valueOf(changed.version()).equals(before.get(changed.id())))
					.map(Changed::domainName)
					.collect(Collectors.toSet());
	}

	private record Changed(UUID id, long version, String domainName, OffsetDateTime at) {
	}

}
