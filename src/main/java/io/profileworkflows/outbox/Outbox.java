package io.profileworkflows.outbox;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.profileworkflows.database.Columns;
import io.profileworkflows.database.RoundTrip;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Work that must happen at least once. It is stored in the transaction that makes it
 * necessary, so that either both are there or none. All times are the database's, so the
 * clocks of the replicas do not matter.
 */
@Repository
public class Outbox {

	/**
	 * The subjects that a round trip has claimed work for {@link #claimInTurn in turn},
	 * as an array for the statements after that.
	 */
	public static final String CLAIMED = "string_to_array(current_setting('profile_workflows.claimed', true), ',')";

	/**
	 * What is due is leased, by whatever way it was chosen. Ends with what is returned,
	 * to which more may be added.
	 */
	private static final String LEASE = """
			update outbox set
			  claim = nextval('outbox_claim'), hastened_to = null,
			  due_at = lease.begins + cast(:lease as interval), leased_until = lease.begins + cast(:lease as interval),
			  failures = failures + case when leased_until is null then 0 else 1 end
			from due, lease
			where outbox.subject = due.subject
			returning kind, outbox.subject, outbox.domain, claim, failures,
			  due.due_at, lease.begins as claimed_at, leased_until, trace_parent, request_id
			""";

	/**
	 * clock_timestamp() is volatile: only as a subquery can it bound the index scan. What
	 * lies below the {@link Floors floor} is dead.
	 */
	static final String CLAIM = """
			with due as materialized (
			  select subject, due_at from outbox
			  where kind = :kind and parked_at is null and due_at <= (select clock_timestamp())
			    and due_at >= cast(:floor as timestamptz)
			  order by due_at limit :limit
			  for update skip locked
			), lease as materialized (
			  select clock_timestamp() as begins
			)
			""" + LEASE;

	/**
	 * Hops from domain to domain on the index, where the first of each is its earliest:
	 * the cost grows with the domains that have work and not with the work. Then goes
	 * through the domains in turn until it has enough, and locks no more than that. The
	 * domain is compared and sorted by so that no index but that by domain, whose order
	 * it has, is any good.
	 */
	static final String CLAIM_IN_TURN = """
			with recursive earliest as (
			  (select domain, due_at from outbox
			   where kind = :kind and parked_at is null and due_at >= cast(:floor as timestamptz)
			   order by domain, due_at limit 1)
			  union all
			  select next.domain, next.due_at from earliest cross join lateral (
			    select domain, due_at from outbox
			    where kind = :kind and parked_at is null and domain > earliest.domain
			      and due_at >= cast(:floor as timestamptz)
			    order by domain, due_at limit 1) as next
			), turn as materialized (
			  select earliest.domain, count(*) over () as domains
			  from earliest left join outbox_turn as turn on turn.kind = :kind and turn.domain = earliest.domain
			  where earliest.domain <> all (:except) and earliest.due_at <= clock_timestamp()
			  order by turn.taken_at nulls first, earliest.domain
			), due as materialized (
			  select next.subject, next.domain, next.due_at, share.most as share
			  from turn cross join lateral (select (:limit + turn.domains - 1) / turn.domains as most) as share
			  cross join lateral (
			    select subject, domain, due_at from outbox
			    where kind = :kind and domain >= turn.domain and domain <= turn.domain and parked_at is null
			      and due_at <= (select clock_timestamp()) and due_at >= cast(:floor as timestamptz)
			    order by domain, due_at limit share.most
			    for update skip locked) as next
			  limit :limit
			), lease as materialized (
			  select clock_timestamp() as begins
			), taken as (
			  insert into outbox_turn (kind, domain, taken_at)
			  select :kind, domain, clock_timestamp() from due group by domain order by domain
			  on conflict (kind, domain) do update set taken_at = excluded.taken_at
			)
			""" + LEASE + """
			, due.share, set_config('profile_workflows.claimed',
			    concat_ws(',', nullif(current_setting('profile_workflows.claimed', true), ''), outbox.subject), true)
			""";

	private final JdbcClient jdbc;

	private final JdbcOperations statements;

	private final TransactionOperations transactions;

	private final OutboxSettings settings;

	private final WakeUps wakeUps;

	private final Floors floors;

	private final WorkTraces traces;

	Outbox(JdbcClient jdbc, JdbcOperations statements, TransactionOperations transactions, OutboxSettings settings,
			WakeUps wakeUps, WorkTraces traces) {
		this.jdbc = jdbc;
		this.statements = statements;
		this.transactions = transactions;
		this.settings = settings;
		this.wakeUps = wakeUps;
		this.traces = traces;
		this.floors = new Floors(jdbc, settings.fullLookInterval());
	}

	/** Where what this thread adds comes from, for work that another one adds for it. */
	public Origin origin() {
		return traces.here();
	}

	/**
	 * Adds many pieces of work that are due at once, in the caller's transaction.
	 * @throws SubjectHasWork if there is work for one of the subjects already
	 */
	@Transactional(propagation = Propagation.MANDATORY)
	public void add(String kind, Collection<NewWork> works) {
		if (works.isEmpty()) {
			return;
		}
		var added = jdbc.sql("""
				insert into outbox (subject, kind, domain, due_at, trace_parent, request_id)
				select subject, :kind, domain, clock_timestamp(), trace_parent, request_id
				from unnest(:subjects::text[], :domains::text[], :traceParents::text[], :requestIds::text[])
				  as work (subject, domain, trace_parent, request_id)
				order by subject
				on conflict (subject) do nothing
				returning subject
				""").paramSource(added(kind, works)).query(String.class).set();
		works.stream().map(NewWork::subject).filter(subject -> !added.contains(subject)).findFirst().ifPresent(had -> {
			throw new SubjectHasWork(had, kind);
		});
		wakeUps.afterCommit(kind);
	}

	/**
	 * Whether nothing of a kind is due, so that what is added now passes nobody by.
	 */
	@Transactional(propagation = Propagation.MANDATORY)
	public Supplier<Boolean> isIdle(RoundTrip trip, String kind) {
		var due = trip.query("""
				select not exists (select from outbox where kind = :kind and parked_at is null
				  and due_at <= (select clock_timestamp()) and due_at >= cast(:floor as timestamptz))
				""", new MapSqlParameterSource("kind", kind).addValue("floor", floors.of(kind)),
				(row, _) -> row.getBoolean(1));
		return () -> due.get().getFirst();
	}

	/**
	 * Adds work that is claimed at once. Its handler begins once the caller's transaction
	 * is committed. It takes no turn of its domain, since no other domain {@link #isIdle
	 * waits for one}.
	 */
	@Transactional(propagation = Propagation.MANDATORY)
	public Supplier<List<Work>> addClaimed(RoundTrip trip, String kind, Collection<NewWork> works) {
		return trip.query("""
				with lease as materialized (
				  select clock_timestamp() as begins
				)
				insert into outbox (subject, kind, domain, due_at, claim, leased_until, trace_parent, request_id)
				select subject, :kind, domain, begins + cast(:lease as interval), nextval('outbox_claim'),
				  begins + cast(:lease as interval), trace_parent, request_id
				from unnest(:subjects::text[], :domains::text[], :traceParents::text[], :requestIds::text[])
				  as work (subject, domain, trace_parent, request_id), lease
				order by subject
				returning kind, subject, domain, claim, failures, leased_until - cast(:lease as interval) as due_at,
				  leased_until - cast(:lease as interval) as claimed_at, leased_until, trace_parent, request_id
				""", added(kind, works).addValue("lease", settings.lease().toString()), Outbox::work);
	}

	private static MapSqlParameterSource added(String kind, Collection<NewWork> works) {
		return new MapSqlParameterSource("kind", kind).addValue("subjects", Columns.texts(works, NewWork::subject))
			.addValue("domains", Columns.texts(works, NewWork::domain))
			.addValue("traceParents", Columns.texts(works, work -> work.origin().traceParent()))
			.addValue("requestIds", Columns.texts(works, work -> work.origin().requestId()));
	}

	/**
	 * Adds work that is due at once, in the caller's transaction and trace.
	 * @throws SubjectHasWork if there is work for the subject already
	 */
	@Transactional(propagation = Propagation.MANDATORY)
	public void add(String kind, String subject, String domain) {
		add(kind, List.of(new NewWork(subject, domain, origin())));
	}

	/**
	 * Adds work that is due at once, or makes the subject's work due now.
	 * @see #addOrHasten(RoundTrip, String, Collection, Duration)
	 */
	@Transactional(propagation = Propagation.MANDATORY)
	public void addOrHasten(String kind, String subject, String domain) {
		var trip = new RoundTrip(statements);
		addOrHasten(trip, kind, List.of(new NewWork(subject, domain, Origin.NONE)), Duration.ZERO);
		trip.make();
	}

	/**
	 * Adds work that is due at once, or makes the work of its subject due within the
	 * given time. Claimed work becomes due again after its claim is settled, whichever of
	 * the two comes first: a later run sees what the caller changes in this transaction.
	 * Parked work stays parked, and sees the change when it is redriven. Work of many
	 * callers belongs to no trace.
	 * @throws SubjectHasWork if a subject's work is of another kind
	 */
	@Transactional(propagation = Propagation.MANDATORY)
	public void addOrHasten(RoundTrip trip, String kind, Collection<NewWork> works, Duration within) {
		if (works.isEmpty()) {
			return;
		}
		var present = trip.query("""
				insert into outbox (subject, kind, domain, due_at)
				select subject, :kind, domain, clock_timestamp() from unnest(:subjects::text[], :domains::text[])
				  as work (subject, domain)
				order by subject
				on conflict (subject) do update set
				  due_at = case when outbox.leased_until > clock_timestamp() then outbox.due_at
				                else least(outbox.due_at, excluded.due_at + cast(:within as interval)) end,
				  hastened_to = case when outbox.leased_until is not null
				                then least(outbox.hastened_to, excluded.due_at + cast(:within as interval)) end
				returning subject, kind
				""", added(kind, works).addValue("within", within.toString()),
				(row, _) -> Map.entry(row.getString("subject"), row.getString("kind")));
		trip.afterwards(() -> {
			present.get().stream().filter(work -> !work.getValue().equals(kind)).findFirst().ifPresent(other -> {
				throw new SubjectHasWork(other.getKey(), kind, other.getValue());
			});
			wakeUps.afterCommit(kind);
		});
	}

	/**
	 * Claims due work by moving its due time to the end of the lease. A worker that dies
	 * simply lets the lease run out, and the work becomes due again; that counts as a
	 * failure, since work that kills its process would otherwise come back for ever.
	 */
	public List<Work> claim(String kind, int limit) {
		return jdbc.sql(CLAIM)
			.param("kind", kind)
			.param("limit", limit)
			.param("lease", settings.lease().toString())
			.param("floor", floors.of(kind))
			.query(Outbox::work)
			.list();
	}

	/**
	 * Claims due work of the domains in turn, those first that have waited longest for
	 * theirs, so that a domain with much work does not delay one with little. In the
	 * caller's transaction: rolled back, nothing was claimed and no turn was taken.
	 * @param except domains that are left out
	 * @param limit the most pieces of work to claim, shared evenly among the domains
	 * @return with more to be claimed at once if that, or the share of a domain, was used
	 * up
	 */
	@Transactional(propagation = Propagation.MANDATORY)
	public Supplier<Claimed> claimInTurn(RoundTrip trip, String kind, Collection<String> except, int limit) {
		var left = new HashMap<String, Long>();
		var works = trip.query(CLAIM_IN_TURN,
				new MapSqlParameterSource("kind", kind).addValue("except", except.toArray(String[]::new))
					.addValue("limit", limit)
					.addValue("lease", settings.lease().toString())
					.addValue("floor", floors.of(kind)),
				(row, number) -> {
					var share = row.getLong("share");
					left.compute(row.getString("domain"), (_, before) -> ((before != null) ? before : share) - 1);
					return work(row, number);
				});
		return () -> new Claimed(works.get(), works.get().size() == limit || left.containsValue(0L));
	}

	/**
	 * What was claimed in turn.
	 *
	 * @param mayBeMore whether another look is worth it at once
	 */
	public record Claimed(List<Work> works, boolean mayBeMore) {
	}

	/** How long a claim holds. */
	public Duration lease() {
		return settings.lease();
	}

	/**
	 * Lets a claim hold for a whole lease from now on, for work that takes longer than
	 * one.
	 * @throws ClaimLost when it no longer holds: then the caller must change nothing
	 */
	public void renew(Work work) {
		var renewed = jdbc.sql("""
				update outbox set due_at = lease.ends, leased_until = lease.ends
				from (select clock_timestamp() + cast(:lease as interval) as ends) as lease
				where subject = :subject and claim = :claim and leased_until >= clock_timestamp()
				""")
			.param("subject", work.subject())
			.param("claim", work.claim())
			.param("lease", settings.lease().toString())
			.update();
		if (renewed == 0) {
			throw new ClaimLost(work);
		}
	}

	/**
	 * Changes something in the middle of the work, in a transaction of its own and under
	 * the claim.
	 * @param atLeast how long the lease must last from then on
	 * @param lock locks whatever else the change concerns, before the work itself
	 * @throws ClaimLost when the claim no longer holds, or not for that long: then
	 * nothing is changed
	 */
	public <L, T> @Nullable T change(Work work, Duration atLeast, Supplier<L> lock, Function<L, @Nullable T> change) {
		return transactions.execute(_ -> {
			var locked = lock.get();
			if (!hold(work, atLeast)) {
				throw new ClaimLost(work);
			}
			return change.apply(locked);
		});
	}

	/**
	 * Locks the work until the end of the caller's transaction, so that whatever the
	 * caller changes in it is changed under this claim or not at all.
	 * @return false if the claim no longer holds, or its lease ends sooner than the given
	 * time from now
	 */
	@Transactional(propagation = Propagation.MANDATORY)
	boolean hold(Work work, Duration atLeast) {
		var trip = new RoundTrip(statements);
		var held = hold(trip, List.of(work), atLeast);
		trip.make();
		return !held.get().isEmpty();
	}

	/**
	 * Locks many pieces of work, always in the same order.
	 * @return those whose claims hold, for that time at least
	 */
	@Transactional(propagation = Propagation.MANDATORY)
	Supplier<Set<Work>> hold(RoundTrip trip, Collection<Work> works, Duration atLeast) {
		// the clock is read after the lock was waited for
		var held = trip.query("""
				with held as materialized (
				  select claim, leased_until from outbox
				  where (subject, claim) in (select * from unnest(:subjects::text[], :claims::bigint[]))
				    and leased_until is not null
				  order by subject
				  for update
				)
				select claim from held where leased_until >= clock_timestamp() + cast(:atLeast as interval)
				""", claims(works).addValue("atLeast", atLeast.toString()), (row, _) -> row.getLong(1));
		return () -> works.stream()
			.filter(work -> held.get().contains(work.claim()))
			.collect(Collectors.toUnmodifiableSet());
	}

	private static MapSqlParameterSource claims(Collection<Work> works) {
		return new MapSqlParameterSource("subjects", Columns.texts(works, Work::subject)).addValue("claims",
				Columns.longs(works, Work::claim));
	}

	/**
	 * Ends what was claimed, as far as the claims still hold: removes what is done, and
	 * puts the rest off. What was {@link #addOrHasten hastened} meanwhile is due again.
	 * @return how many of the claims held
	 */
	IntSupplier end(RoundTrip trip, Collection<Ending> endings) {
		var done = endings.stream().filter(Ending::isDone).map(Ending::work).toList();
		var others = endings.stream().filter(ending -> !ending.isDone()).toList();
		Supplier<List<String>> removed = done.isEmpty() ? List::of : remove(trip, done);
		Supplier<List<String>> putOff = others.isEmpty() ? List::of : putOff(trip, others);
		return () -> removed.get().size() + putOff.get().size();
	}

	/**
	 * A wish is granted by a statement of its own after the removal: one of both would
	 * not see a wish that was committed while it waited for the lock. PostgreSQL before
	 * version 17 has no merge that returns what it did.
	 */
	private Supplier<List<String>> remove(RoundTrip trip, List<Work> works) {
		var removed = trip.query("""
				delete from outbox using unnest(:subjects::text[], :claims::bigint[]) as settled (subject, claim)
				where outbox.subject = settled.subject and outbox.claim = settled.claim
				  and leased_until is not null and hastened_to is null
				returning kind
				""", claims(works), (row, _) -> row.getString(1));
		var again = trip.query("""
				update outbox set due_at = hastened_to, leased_until = null, hastened_to = null, failures = 0
				from unnest(:subjects::text[], :claims::bigint[]) as settled (subject, claim)
				where outbox.subject = settled.subject and outbox.claim = settled.claim
				  and leased_until is not null and hastened_to is not null
				returning kind
				""", claims(works), (row, _) -> row.getString(1));
		trip.afterwards(() -> again.get().forEach(wakeUps::afterCommit));
		return () -> Stream.concat(removed.get().stream(), again.get().stream()).toList();
	}

	private Supplier<List<String>> putOff(RoundTrip trip, List<Ending> endings) {
		var due = trip.query(
				"""
						update outbox set
						  due_at = least(clock_timestamp() + settled.delay, hastened_to), leased_until = null, hastened_to = null,
						  failures = case when settled.forgets then 0 else failures + settled.more end
						from unnest(:subjects::text[], :claims::bigint[], :delays::interval[], :forgets::boolean[], :more::int[])
						  as settled (subject, claim, delay, forgets, more)
						where outbox.subject = settled.subject and outbox.claim = settled.claim and leased_until is not null
						returning kind, due_at <= clock_timestamp() as is_due
						""",
				claims(endings.stream().map(Ending::work).toList())
					.addValue("delays", Columns.texts(endings, Ending::delay))
					.addValue("forgets", Columns.texts(endings, Ending::forgetsFailures))
					.addValue("more", Columns.numbers(endings, Ending::failures)),
				(row, _) -> Map.entry(row.getString("kind"), row.getBoolean("is_due")));
		trip.afterwards(() -> due.get()
			.stream()
			.filter(Map.Entry::getValue)
			.map(Map.Entry::getKey)
			.forEach(wakeUps::afterCommit));
		return () -> due.get().stream().map(Map.Entry::getKey).toList();
	}

	/**
	 * @return false if the claim no longer holds, and nothing was changed
	 */
	boolean end(Ending ending) {
		var trip = new RoundTrip(statements);
		var held = end(trip, List.of(ending));
		trip.make();
		return held.getAsInt() == 1;
	}

	/**
	 * Takes work out of turn until an operator {@link #redrive redrives} it.
	 * @return false if the claim no longer holds, and nothing was changed
	 */
	boolean park(Work work, int failures, String reason) {
		return jdbc.sql("""
				update outbox set parked_at = clock_timestamp(), parked_reason = :reason, failures = :failures,
				  leased_until = null, hastened_to = null
				where subject = :subject and claim = :claim and leased_until is not null
				""")
			.param("subject", work.subject())
			.param("claim", work.claim())
			.param("reason", reason)
			.param("failures", failures)
			.update() == 1;
	}

	/**
	 * Removes a subject's work whatever its state; a claim on it no longer holds.
	 * @return false if the subject had no work
	 */
	public boolean cancel(String subject) {
		return jdbc.sql("delete from outbox where subject = :subject").param("subject", subject).update() == 1;
	}

	/**
	 * Makes parked work due at once, its failures forgotten.
	 * @return false if the subject has no parked work
	 */
	boolean redrive(String subject) {
		var kind = jdbc.sql("""
				update outbox set due_at = clock_timestamp(), parked_at = null, parked_reason = null, failures = 0
				where parked_at is not null and subject = :subject
				returning kind
				""").param("subject", subject).query(String.class).optional();
		kind.ifPresent(wakeUps::afterCommit);
		return kind.isPresent();
	}

	/**
	 * Work that waits for an operator, the latest first.
	 */
	public List<ParkedWork> parked(int limit) {
		return parkedWhere("true", "", limit);
	}

	List<ParkedWork> parkedOf(String subject) {
		return parkedWhere("subject = :what", subject, 1);
	}

	List<ParkedWork> parkedOfKind(String kind) {
		return parkedWhere("kind = :what", kind, Integer.MAX_VALUE);
	}

	private List<ParkedWork> parkedWhere(String condition, String what, int limit) {
		return jdbc.sql("""
				select kind, subject, domain, failures, parked_at, parked_reason from outbox
				where parked_at is not null and %s
				order by parked_at desc limit :limit
				""".formatted(condition)).param("what", what).param("limit", limit).query(Outbox::parkedWork).list();
	}

	/**
	 * How much work there is, by kind; kinds without work are left out.
	 */
	public List<Backlog> backlog() {
		return jdbc.sql("""
				select kind,
				  count(*) filter (where parked_at is null and due_at <= now.at) as waiting,
				  count(*) filter (where leased_until > now.at) as claimed,
				  count(*) filter (where parked_at is null and leased_until is null and due_at > now.at) as later,
				  count(*) filter (where parked_at is not null) as parked,
				  coalesce(extract(epoch from now.at - min(due_at)
				    filter (where parked_at is null and due_at <= now.at)), 0) * 1000 as oldest
				from outbox, (select clock_timestamp() as at) as now
				group by kind, now.at
				order by kind
				""").query(Outbox::backlogOfKind).list();
	}

	private static Work work(ResultSet row, int number) throws SQLException {
		return new Work(row.getString("kind"), row.getString("subject"), row.getString("domain"), row.getLong("claim"),
				row.getInt("failures"), instant(row, "due_at"), instant(row, "claimed_at"),
				instant(row, "leased_until"), new Origin(row.getString("trace_parent"), row.getString("request_id")));
	}

	private static ParkedWork parkedWork(ResultSet row, int number) throws SQLException {
		return new ParkedWork(row.getString("kind"), row.getString("subject"), row.getString("domain"),
				row.getInt("failures"), instant(row, "parked_at"), row.getString("parked_reason"));
	}

	private static Backlog backlogOfKind(ResultSet row, int number) throws SQLException {
		return new Backlog(row.getString("kind"), row.getLong("waiting"), row.getLong("claimed"), row.getLong("later"),
				row.getLong("parked"), Duration.ofMillis(row.getLong("oldest")));
	}

	private static Instant instant(ResultSet row, String column) throws SQLException {
		return row.getObject(column, OffsetDateTime.class).toInstant();
	}

}
