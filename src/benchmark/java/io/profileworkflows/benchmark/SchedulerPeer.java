package io.profileworkflows.benchmark;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerBuilder;
import com.github.kagkarlsson.scheduler.event.AbstractSchedulerListener;
import com.github.kagkarlsson.scheduler.task.TaskInstanceId;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.zaxxer.hikari.HikariDataSource;
import io.profileworkflows.benchmark.Clients.Throughput;

import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * db-scheduler with tasks that do nothing, on the table that its documentation gives, set
 * up as that advises for many short tasks.
 */
final class SchedulerPeer implements AutoCloseable {

	static final int THREADS = Integer.getInteger("benchmark.scheduler.threads", 50);

	private static final double LOWER = Double.parseDouble(System.getProperty("benchmark.scheduler.lower", "1.0"));

	private static final double UPPER = Double.parseDouble(System.getProperty("benchmark.scheduler.upper", "4.0"));

	private static final int POOL = Integer.getInteger("benchmark.scheduler.pool", 20);

	private static final Duration PATIENCE = Duration.ofMinutes(5);

	private static final String NAME = "nothing";

	private final HikariDataSource pool;

	private final JdbcClient jdbc;

	SchedulerPeer(JdbcConnectionDetails database) {
		pool = DurablePostgres.pool(database, POOL);
		jdbc = JdbcClient.create(pool);
		jdbc.sql("""
				create table scheduled_tasks (
				  task_name text not null,
				  task_instance text not null,
				  task_data bytea,
				  execution_time timestamp with time zone not null,
				  picked boolean not null,
				  picked_by text,
				  last_success timestamp with time zone,
				  last_failure timestamp with time zone,
				  consecutive_failures int,
				  last_heartbeat timestamp with time zone,
				  version bigint not null,
				  priority smallint,
				  primary key (task_name, task_instance)
				);
				create index execution_time_idx on scheduled_tasks (execution_time);
				create index last_heartbeat_idx on scheduled_tasks (last_heartbeat);
				create index priority_execution_time_idx on scheduled_tasks (priority desc, execution_time asc);
				""").update();
	}

	/** From the start of the scheduler until the last of so many is gone. */
	Throughput drain(int number) throws InterruptedException {
		jdbc.sql("truncate scheduled_tasks").update();
		jdbc.sql("""
				insert into scheduled_tasks (task_name, task_instance, execution_time, picked, version)
				select :name, 'waiting-' || n, clock_timestamp() - interval '1 minute', false, 1
				from generate_series(1, cast(:number as int)) as n
				""").param("name", NAME).param("number", number).update();
		jdbc.sql("vacuum (analyze) scheduled_tasks").update();
		jdbc.sql("checkpoint").update();
		var executed = new AtomicLong();
		var last = new CountDownLatch(1);
		var task = Tasks.oneTime(NAME).execute((_, _) -> {
			if (executed.incrementAndGet() == number) {
				last.countDown();
			}
		});
		var scheduler = scheduler(task).build();
		var begin = System.nanoTime();
		scheduler.start();
		assertThat(last.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).as("%d executed in time", number).isTrue();
		while (isBusy()) {
			LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
		}
		var throughput = new Throughput(number, System.nanoTime() - begin);
		scheduler.stop();
		assertThat(executed).as("executions").hasValue(number);
		return throughput;
	}

	private boolean isBusy() {
		return jdbc.sql("select exists (select from scheduled_tasks)").query(Boolean.class).single();
	}

	/** From the commit of each to the start of its execution, at so many a second. */
	Latencies dispatch(double perSecond, Duration duration) throws InterruptedException {
		jdbc.sql("truncate scheduled_tasks").update();
		var number = (int) (perSecond * duration.toMillis() / 1000);
		var commits = new ConcurrentHashMap<String, Long>();
		var starts = new ConcurrentHashMap<String, Long>();
		var task = Tasks.oneTime(NAME).execute((instance, _) -> starts.put(instance.getId(), System.nanoTime()));
		var scheduler = scheduler(task).enableImmediateExecution()
			.addSchedulerListener(new AbstractSchedulerListener() {

				@Override
				public void onExecutionScheduled(TaskInstanceId instance, Instant executionTime) {
					commits.put(instance.getId(), System.nanoTime());
				}

			})
			.build();
		scheduler.start();
		var next = new AtomicLong();
		var begin = System.nanoTime();
		Clients.together(Clients.NUMBER, _ -> () -> {
			var scheduled = 0L;
			for (var turn = next.getAndIncrement(); turn < number; turn = next.getAndIncrement()) {
				var due = begin + Math.round(turn * 1e9 / perSecond);
				for (var now = System.nanoTime(); now < due; now = System.nanoTime()) {
					LockSupport.parkNanos(due - now);
				}
				scheduler.schedule(task.instance("now-" + turn), Instant.now());
				scheduled++;
			}
			return scheduled;
		});
		while (isBusy()) {
			Thread.sleep(Duration.ofMillis(20));
		}
		scheduler.stop();
		return between(commits, starts);
	}

	/** Of all that has both. */
	static <K> Latencies between(Map<K, Long> commits, Map<K, Long> starts) {
		assertThat(starts).as("what was begun").containsOnlyKeys(commits.keySet());
		var latencies = new Latencies(commits.size());
		commits.forEach((key, commit) -> latencies.add(Math.max(0, starts.getOrDefault(key, commit) - commit)));
		return latencies;
	}

	private SchedulerBuilder scheduler(OneTimeTask<Void> task) {
		return Scheduler.create(pool, task)
			.threads(THREADS)
			.pollUsingLockAndFetch(LOWER, UPPER)
			.pollingInterval(Duration.ofSeconds(1));
	}

	static String settings() {
		return "%d threads, %s/%s".formatted(THREADS, LOWER, UPPER);
	}

	@Override
	public void close() {
		pool.close();
	}

}
