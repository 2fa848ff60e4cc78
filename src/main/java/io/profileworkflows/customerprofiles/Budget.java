package io.profileworkflows.customerprofiles;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.profileworkflows.database.RoundTrip;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The calls that all replicas together may begin. They begin one after another at an even
 * pace, so that no second has more than AWS allows. The clock is the database's.
 */
@Repository
public class Budget {

	/**
	 * The part of the quota that is used. What is left over is room for calls that arrive
	 * at AWS less evenly than they were begun.
	 */
	private static final double USED = 0.96;

	/** The part that is used as long as turns are lost that were given up. */
	private static final double CATCHING_UP = 0.98;

	/** What is lost before that is not made up for. */
	private static final Duration LONGEST_LOSS = Duration.ofSeconds(2);

	/**
	 * How long before its turn a call may take it, so that no turn is lost to the time
	 * that taking it costs.
	 */
	static final Duration AHEAD = Duration.ofMillis(200);

	/** What is left of the share after AWS throttled. */
	private static final double LOWERED = 0.9;

	private static final double LEAST_SHARE = 0.1;

	/** How much of the full share comes back in a second. */
	static final double RECOVERY = 0.01;

	/** The clock is read after the lock was waited for. */
	private static final String TAKE = """
			with budget as materialized (
			  select operation, next_free_at, share, lowered_at, least(:mostLost, lost + :lost) as lost
			  from upstream_budget where operation = :operation for update
			), clock as materialized (
			  select budget.*, clock_timestamp() as now from budget
			), pace as materialized (
			  select operation, next_free_at, lost, now, greatest(next_free_at, now) as first,
			    1 / (:quota * case when lost > 0 then :catchingUp else :used end
			      * least(1, share + :recovery * extract(epoch from now - lowered_at))) as seconds
			  from clock
			), turn as materialized (
			  select pace.*, case when next_free_at > now + cast(:ahead as interval) then 0
			    else least(:most, 1 + floor(extract(epoch from now + cast(:ahead as interval) - first) / seconds))
			  end as taken
			  from pace
			), spent as (
			  update upstream_budget set
			    next_free_at = case when taken > 0 then first + make_interval(secs => taken * seconds)
			      else upstream_budget.next_free_at end,
			    lost = greatest(0, turn.lost - taken * (1 - :used / :catchingUp))
			  from turn where upstream_budget.operation = turn.operation and (taken > 0 or :lost > 0)
			)
			select taken, extract(epoch from first - now) as pause, seconds,
			  extract(epoch from now - statement_timestamp()) as waited
			from turn
			""";

	private static final Logger log = LoggerFactory.getLogger(Budget.class);

	private final JdbcClient jdbc;

	private final UpstreamSettings settings;

	private final AppFlowBudgetSettings appFlow;

	private final Counter givenUp;

	/** For how long this process has put off later calls. */
	private final Map<String, Lateness> putOff = new ConcurrentHashMap<>();

	Budget(JdbcClient jdbc, UpstreamSettings settings, AppFlowBudgetSettings appFlow, MeterRegistry meters) {
		this.jdbc = jdbc;
		this.settings = settings;
		this.appFlow = appFlow;
		this.givenUp = Counter.builder("upstream.turns.given.up")
			.description("Turns that were over before their creates could leave")
			.register(meters);
	}

	/**
	 * Takes the next turn for one call, in the caller's transaction: rolled back, it is
	 * not spent. Until its end nobody else takes any.
	 */
	@Transactional
	public Turn tryTake(Operation operation) {
		var turns = tryTake(operation, 1);
		return turns.taken().isEmpty() ? Turn.askAgain(turns.askAgain()) : turns.taken().getFirst();
	}

	/**
	 * Takes the next turns that are not too far ahead.
	 * @param most of them
	 * @see #tryTake(Operation)
	 */
	@Transactional
	public Turns tryTake(Operation operation, int most) {
		return take(operation, most, AHEAD, 0);
	}

	/**
	 * The same, together with other statements.
	 * @see #tryTake(Operation, int)
	 */
	@Transactional(propagation = Propagation.MANDATORY)
	public Supplier<Turns> tryTake(RoundTrip trip, Operation operation, int most) {
		var asked = System.nanoTime();
		var turns = trip.query(TAKE, parameters(operation, most, AHEAD, 0),
				(row, _) -> turns(row, asked, AHEAD, putOff(operation)));
		return () -> turns.get().getFirst();
	}

	/**
	 * Gives up a turn that came too late and takes the next one.
	 * @param within what time it must begin
	 */
	@Transactional
	public Turn takeAnew(Operation operation, Duration within) {
		givenUp.increment();
		var turns = take(operation, 1, within, 1);
		return turns.taken().isEmpty() ? Turn.askAgain(turns.askAgain()) : turns.taken().getFirst();
	}

	/**
	 * Gives the last turns back that were taken in the caller's transaction.
	 */
	@Transactional(propagation = Propagation.MANDATORY)
	public void giveBack(RoundTrip trip, Operation operation, int turns) {
		trip.update(
				"""
						update upstream_budget set next_free_at = next_free_at
						  - :turns * make_interval(secs => 1 / (:quota * case when lost > 0 then :catchingUp else :used end * least(1,
						      share + :recovery * extract(epoch from clock_timestamp() - lowered_at))))
						where operation = :operation
						""",
				pace(operation).addValue("turns", turns));
	}

	/** An operation that no migration knows is counted from its first call on. */
	private void begin(Operation operation) {
		jdbc.sql("insert into upstream_budget (operation) values (:operation) on conflict do nothing")
			.param("operation", operation.budget())
			.update();
	}

	/** Gives up a turn that came too late, and takes no other. */
	@Transactional
	public void giveUp(Operation operation) {
		givenUp.increment();
		take(operation, 0, Duration.ZERO, 1);
	}

	private Turns take(Operation operation, int most, Duration ahead, int lost) {
		return takeKnown(operation, most, ahead, lost).orElseGet(() -> {
			begin(operation);
			return takeKnown(operation, most, ahead, lost).orElseThrow();
		});
	}

	private Optional<Turns> takeKnown(Operation operation, int most, Duration ahead, int lost) {
		var asked = System.nanoTime();
		return jdbc.sql(TAKE)
			.paramSource(parameters(operation, most, ahead, lost))
			.query((row, _) -> turns(row, asked, ahead, putOff(operation)))
			.optional();
	}

	private MapSqlParameterSource parameters(Operation operation, int most, Duration ahead, int lost) {
		return pace(operation).addValue("ahead", ahead.toString())
			.addValue("most", most)
			.addValue("lost", lost)
			.addValue("mostLost", rate(operation) * LONGEST_LOSS.toSeconds());
	}

	private MapSqlParameterSource pace(Operation operation) {
		return new MapSqlParameterSource("operation", operation.budget()).addValue("quota", quota(operation))
			.addValue("used", USED)
			.addValue("catchingUp", CATCHING_UP)
			.addValue("recovery", RECOVERY);
	}

	private Duration putOff(Operation operation) {
		return putOff.getOrDefault(operation.budget(), Lateness.NOTHING).inAll();
	}

	private static Turns turns(ResultSet row, long asked, Duration ahead, Duration putOff) throws SQLException {
		var pause = row.getDouble("pause");
		var seconds = row.getDouble("seconds");
		var taken = row.getInt("taken");
		var interval = nanos(seconds);
		var read = asked + nanos(row.getDouble("waited")).toNanos();
		return new Turns(IntStream.range(0, taken)
			.mapToObj(turn -> Turn.taken(read, nanos(pause + turn * seconds), interval, putOff))
			.toList(), nanos(pause + taken * seconds).minus(ahead));
	}

	private static Duration nanos(double seconds) {
		return Duration.ofNanos(Math.round(seconds * 1_000_000_000));
	}

	private double rate(Operation operation) {
		return quota(operation) * USED;
	}

	private double quota(Operation operation) {
		return (operation.api() == Operation.Api.APPFLOW) ? appFlow.requestsPerSecond() : settings.requestsPerSecond();
	}

	/**
	 * Waits for a turn that was taken. Where that takes longer than it should, as on a
	 * machine that is busy, all calls to come are put off: otherwise they would come too
	 * close to this one.
	 */
	void await(Operation operation, Turn turn) throws InterruptedException {
		TimeUnit.NANOSECONDS.sleep(turn.remaining().toNanos());
		var late = turn.late();
		var unwritten = new AtomicReference<>(Duration.ZERO);
		putOff.compute(operation.budget(), (_, before) -> {
			var after = ((before != null) ? before : Lateness.NOTHING).with(turn, late);
			if (!after.isWorthWriting()) {
				return after;
			}
			unwritten.set(after.unwritten());
			return after.written();
		});
		var time = Objects.requireNonNull(unwritten.get());
		if (time.isPositive()) {
			putOff(operation, time);
		}
	}

	private void putOff(Operation operation, Duration time) {
		try {
			jdbc.sql("""
					update upstream_budget set
					  next_free_at = greatest(next_free_at, clock_timestamp()) + cast(:time as interval)
					where operation = :operation
					""").param("time", time.toString()).param("operation", operation.budget()).update();
		}
		catch (DataAccessException failure) {
			// what is about to be sent is written down already, and would be lost sight
			// of
			log.warn("Calls of {} could not be postponed: {}", operation.awsName(), failure.getMessage());
		}
	}

	/** Counts a call that was made without leave, such as a repetition by the SDK. */
	void charge(Operation operation, int calls) {
		jdbc.sql("""
				update upstream_budget set next_free_at =
				  greatest(next_free_at, clock_timestamp()) + make_interval(secs => :calls / :rate)
				where operation = :operation
				""")
			.param("calls", calls)
			.param("rate", rate(operation))
			.param("operation", operation.budget())
			.update();
	}

	/**
	 * AWS throttled a call, so others use the quota, too: all replicas go slower for a
	 * while.
	 * @param retryAfter how long AWS asked to wait, if it did
	 */
	void lower(Operation operation, @Nullable Duration retryAfter) {
		var pause = (retryAfter != null) ? retryAfter : nanos(1 / quota(operation));
		jdbc.sql("""
				update upstream_budget set
				  share = greatest(:least, :lowered
				    * least(1, share + :recovery * extract(epoch from clock_timestamp() - lowered_at))),
				  lowered_at = clock_timestamp(), lost = 0,
				  next_free_at = greatest(next_free_at, clock_timestamp() + cast(:pause as interval))
				where operation = :operation
				""")
			.param("least", LEAST_SHARE)
			.param("lowered", LOWERED)
			.param("recovery", RECOVERY)
			.param("pause", pause.toString())
			.param("operation", operation.budget())
			.update();
	}

}
