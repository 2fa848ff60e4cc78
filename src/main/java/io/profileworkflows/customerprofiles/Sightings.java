package io.profileworkflows.customerprofiles;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Looks at workflows at AWS that no workflow here has. Each is read once, and its steps
 * are read until there are some. So a second look at a domain costs only its listing.
 */
@Component
public class Sightings {

	private final CustomerProfiles customerProfiles;

	private final JdbcClient jdbc;

	private final Unreadable unreadable;

	Sightings(CustomerProfiles customerProfiles, JdbcClient jdbc, Unreadable unreadable) {
		this.customerProfiles = customerProfiles;
		this.jdbc = jdbc;
		this.unreadable = unreadable;
	}

	/**
	 * Looks at listed workflows that nobody here holds.
	 * @param deadline after which no further one is looked at
	 * @return nothing when the time was too short for all; what was seen is remembered,
	 * so that the next look gets further
	 * @throws CallFailed when AWS gave no answer about one of them, except those that it
	 * has failed to show for long; what was seen until then is remembered
	 */
	public Optional<List<Sighting>> look(Priority priority, String domainName, Collection<RemoteListItem> items,
			Deadline deadline) {
		var remembered = remembered(items);
		var sightings = new ArrayList<Sighting>();
		for (var item : items) {
			var known = remembered.get(item.workflowId());
			if (known == null || !known.showsSteps()) {
				if (deadline.hasPassed()) {
					return Optional.empty();
				}
				known = look(priority, domainName, item, known);
			}
			sightings.add(known);
		}
		return Optional.of(sightings);
	}

	/**
	 * Looks at listed workflows that nobody here holds, of those that are not remembered
	 * at so many only, and no more at those that ended without showing steps.
	 * @param deadline after which no further one is looked at
	 * @throws CallFailed when AWS gave no answer about one of them, except those that it
	 * has failed to show for long; what was seen until then is remembered
	 */
	public List<Sighting> look(Priority priority, String domainName, Collection<RemoteListItem> items, int most,
			Deadline deadline) {
		var remembered = remembered(items);
		var sightings = new ArrayList<Sighting>();
		var left = most;
		for (var item : items) {
			var known = remembered.get(item.workflowId());
			if (known != null && !mayShowMore(known, item)) {
				sightings.add(known);
			}
			else if (left > 0 && !deadline.hasPassed() && !unreadable.isResting(item.workflowId())) {
				left--;
				sightings.add(look(priority, domainName, item, known));
			}
		}
		return sightings;
	}

	private Sighting look(Priority priority, String domainName, RemoteListItem item, @Nullable Sighting known) {
		return unreadable
			.ask(item.workflowId(), () -> read(priority, domainName, item, known).orElseGet(() -> unseen(item)))
			.orElseGet(() -> (known != null) ? known : unseen(item));
	}

	// what is listed is there, even where it cannot be read yet
	private static Sighting unseen(RemoteListItem item) {
		return new Sighting(item.workflowId(), item.status(), item.createdAt(), null, null, null, Set.of());
	}

	/**
	 * Looks at one workflow by its id.
	 * @return nothing when AWS does not know it
	 */
	public Optional<Sighting> look(Priority priority, String domainName, String workflowId) {
		return read(priority, domainName, new RemoteListItem(workflowId, "", null, null, null), null);
	}

	/** Forgets one that is held from now on. */
	public void forget(String workflowId) {
		jdbc.sql("delete from remote_sighting where remote_workflow_id = :id").param("id", workflowId).update();
	}

	/** One that ended without steps will hardly show any. */
	private static boolean mayShowMore(Sighting known, RemoteListItem item) {
		return !known.showsSteps() && !(FinalStatuses.include(known.status()) && known.status().equals(item.status()));
	}

	private Optional<Sighting> read(Priority priority, String domainName, RemoteListItem item,
			@Nullable Sighting known) {
		var attributes = (known != null) ? Optional.of(known) : describe(priority, domainName, item);
		return attributes.map(described -> {
			var flowNames = customerProfiles.steps(priority, domainName, item.workflowId())
				.stream()
				.map(RemoteStep::flowName)
				.filter(Objects::nonNull)
				.collect(Collectors.toSet());
			var sighting = new Sighting(described.workflowId(),
					item.status().isEmpty() ? described.status() : item.status(), described.createdAt(),
					described.connectorType(), described.connectorProfileName(), described.roleArn(), flowNames);
			remember(domainName, sighting);
			return sighting;
		});
	}

	private Optional<Sighting> describe(Priority priority, String domainName, RemoteListItem item) {
		return customerProfiles.find(priority, domainName, item.workflowId())
			.map(remote -> remembered(domainName,
					new Sighting(item.workflowId(), Objects.requireNonNullElse(remote.status(), item.status()),
							(item.createdAt() != null) ? item.createdAt() : remote.startDate(), remote.connectorType(),
							remote.connectorProfileName(), remote.roleArn(), Set.of())));
	}

	/** Before its steps are asked for, which may fail. */
	private Sighting remembered(String domainName, Sighting sighting) {
		remember(domainName, sighting);
		return sighting;
	}

	private Map<String, Sighting> remembered(Collection<RemoteListItem> items) {
		return jdbc
			.sql("""
					select remote_workflow_id, status, created_at, connector_type, connector_profile_name, role_arn, flow_names
					from remote_sighting where remote_workflow_id = any(:ids)
					""")
			.param("ids", items.stream().map(RemoteListItem::workflowId).toArray(String[]::new))
			.query(Sightings::sighting)
			.list()
			.stream()
			.collect(Collectors.toMap(Sighting::workflowId, Function.identity()));
	}

	private void remember(String domainName, Sighting sighting) {
		jdbc.sql(
				"""
						insert into remote_sighting (remote_workflow_id, domain_name, status, created_at, connector_type,
						  connector_profile_name, role_arn, flow_names)
						values (:id, :domainName, :status, :createdAt, :connectorType, :connectorProfileName, :roleArn, :flowNames)
						on conflict (remote_workflow_id) do update set
						  status = excluded.status, flow_names = excluded.flow_names, seen_at = clock_timestamp()
						""")
			.param("id", sighting.workflowId())
			.param("domainName", domainName)
			.param("status", sighting.status())
			.param("createdAt", (sighting.createdAt() != null) ? sighting.createdAt().atOffset(ZoneOffset.UTC) : null)
			.param("connectorType", sighting.connectorType())
			.param("connectorProfileName", sighting.connectorProfileName())
			.param("roleArn", sighting.roleArn())
			.param("flowNames", sighting.flowNames().toArray(String[]::new))
			.update();
	}

	private static Sighting sighting(ResultSet row, int number) throws SQLException {
		var createdAt = row.getObject("created_at", OffsetDateTime.class);
		Array flowNames = row.getArray("flow_names");
		return new Sighting(row.getString("remote_workflow_id"), row.getString("status"),
				(createdAt != null) ? createdAt.toInstant() : null, row.getString("connector_type"),
				row.getString("connector_profile_name"), row.getString("role_arn"),
				Set.of((String[]) flowNames.getArray()));
	}

}
