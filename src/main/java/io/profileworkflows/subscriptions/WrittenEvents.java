package io.profileworkflows.subscriptions;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

import io.profileworkflows.database.Columns;
import io.profileworkflows.database.RoundTrip;

import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The events that somebody wants to be told of.
 */
@Repository
class WrittenEvents {

	private static final String SOMEBODY_WANTS = """
			exists (select from subscription_domain as named join subscription on subscription.id = named.subscription_id
			  where named.alike is null and named.domain_name = kind.domain_name
			    and off_since is null and kind.type = any(types))
			or exists (select from subscription_domain as named join subscription on subscription.id = named.subscription_id
			  where named.alike is not null and kind.domain_name like named.alike
			    and off_since is null and kind.type = any(types))
			""";

	private final JdbcClient jdbc;

	WrittenEvents(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Those of many kinds that any subscription wants. Asked in the transaction of each
	 * change: what somebody remembers could be wrong by now. The arrays are subqueries:
	 * otherwise PostgreSQL makes a plan for those of each call, which takes longer than
	 * all the rest.
	 */
	@Transactional(propagation = Propagation.MANDATORY)
	Supplier<List<Kind>> wanted(RoundTrip trip, Set<Kind> kinds) {
		var asked = List.copyOf(kinds);
		return trip.query("""
				select domain_name, type
				from unnest((select :domainNames::text[]), (select :types::text[])) as kind (domain_name, type) where
				""" + SOMEBODY_WANTS,
				new MapSqlParameterSource("domainNames", Columns.texts(asked, Kind::domainName)).addValue("types",
						Columns.texts(asked, Kind::type)),
				(row, _) -> new Kind(row.getString("domain_name"), row.getString("type")));
	}

	/** Writes them in this order. */
	@Transactional(propagation = Propagation.MANDATORY)
	void add(List<NewEvent> events, Instant at) {
		jdbc.sql("""
				insert into event (type, workflow_id, domain_name, at, data)
				select type, workflow_id::uuid, domain_name, :at, data
				from unnest(:types::text[], :workflowIds::text[], :domainNames::text[], :data::text[]) with ordinality
				  as event (type, workflow_id, domain_name, data, position)
				order by position
				""")
			.param("at", at.atOffset(ZoneOffset.UTC))
			.param("types", Columns.texts(events, event -> event.kind().type()))
			.param("workflowIds", Columns.texts(events, NewEvent::workflow))
			.param("domainNames", Columns.texts(events, event -> event.kind().domainName()))
			.param("data", Columns.texts(events, NewEvent::data))
			.update();
	}

	/**
	 * Gives each subscription its deliveries of events that nobody has got yet, the
	 * oldest first. What is seen of a workflow is seen with all that was before it.
	 * @return how many events those were, and who has got any
	 */
	@Transactional(propagation = Propagation.MANDATORY)
	Spread spread(int limit) {
		return jdbc
			.sql("""
					with fresh as materialized (
					  select id, type, workflow_id, domain_name, written_at from event
					  where spread_at is null order by id limit :limit for update
					), done as (
					  update event set spread_at = clock_timestamp() from fresh where event.id = fresh.id
					), kind as materialized (
					  select distinct domain_name, type from fresh
					), wish as materialized (
					  select kind.domain_name, kind.type, subscription.id, subscription.created_at
					  from kind join subscription on off_since is null and kind.type = any(types)
					    and exists (select from subscription_domain as named where named.subscription_id = subscription.id
					      and (named.domain_name = kind.domain_name or kind.domain_name like named.alike))
					  for key share of subscription
					), added as (
					  insert into delivery (subscription_id, event_id, workflow_id)
					  select wish.id, fresh.id, fresh.workflow_id from fresh join wish using (domain_name, type)
					  where fresh.written_at >= wish.created_at
					  returning subscription_id
					)
					select (select count(*) from fresh) as events, array(select distinct subscription_id from added) as receivers
					""")
			.param("limit", limit)
			.query((row, _) -> {
				var receivers = (UUID[]) row.getArray("receivers").getArray();
				return new Spread(row.getInt("events"), List.of(receivers));
			})
			.single();
	}

	/**
	 * Forgets old events with all their deliveries.
	 * @return how many events
	 */
	@Transactional
	int forget(Instant writtenBefore, int limit) {
		return jdbc
			.sql("""
					delete from event where id = any(array(
					  select id from event where written_at < :before order by written_at limit :limit for update skip locked))
					""")
			.param("before", writtenBefore.atOffset(ZoneOffset.UTC))
			.param("limit", limit)
			.update();
	}

	/** What subscriptions choose by. */
	record Kind(String domainName, String type) {
	}

	record NewEvent(Kind kind, UUID workflow, String data) {
	}

	/**
	 * @param receivers subscriptions that have something to be sent
	 */
	record Spread(int events, List<UUID> receivers) {
	}

}
