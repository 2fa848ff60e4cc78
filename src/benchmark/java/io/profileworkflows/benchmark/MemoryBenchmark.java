package io.profileworkflows.benchmark;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.profileworkflows.benchmark.Row.What;
import io.profileworkflows.simulator.Simulator;
import io.profileworkflows.simulator.SimulatorSettings;
import org.junit.jupiter.api.Test;

import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * How large a replica gets that accepts as much as it can, as a process of its own with
 * the options of the image and a heap of at most 256 MiB. It works off what AWS's usual
 * quota allows, at a simulated one.
 */
@Benchmark
class MemoryBenchmark {

	private static final Duration DURATION = Rounds.LONG ? Duration.ofMinutes(10) : Rounds.seconds(120);

	private static final Duration LOOK = Rounds.seconds(10);

	private static final int GOAL = 420;

	/** What still counts as no growth, in MiB: pages come and go. */
	private static final int UNSTEADY = 8;

	@Test
	void staysSmall() throws Exception {
		var database = DurablePostgres.migrated("memory");
		Image.make();
		var port = freePort();
		var managementPort = freePort();
		try (var aws = Simulator.start(SimulatorSettings.defaults())) {
			var process = start(database, aws, port, managementPort);
			try {
				awaitReady(process, managementPort);
				var sizes = measure(process, port, database);
				var half = sizes.subList(sizes.size() / 2, sizes.size());
				var most = sizes.stream().mapToLong(Long::longValue).max().orElseThrow();
				var growth = growth(half);
				Report.add(
						new Row(What.MEMORY,
								"%d MiB at most, %+d in the last %s s".formatted(most, growth,
										DURATION.dividedBy(2).toSeconds()),
								"", "", most <= GOAL && growth <= UNSTEADY));
			}
			finally {
				process.destroyForcibly().waitFor();
			}
		}
	}

	/**
	 * What is usual in the second half is compared with what was in the first: a single
	 * look says little.
	 */
	private static long growth(List<Long> sizes) {
		var middle = sizes.size() / 2;
		return median(sizes.subList(middle, sizes.size())) - median(sizes.subList(0, middle));
	}

	private static long median(List<Long> sizes) {
		return sizes.stream().sorted().skip(sizes.size() / 2).findFirst().orElse(0L);
	}

	/** Resident MiB, each ten seconds. */
	private static List<Long> measure(Process process, int port, JdbcConnectionDetails database)
			throws IOException, InterruptedException {
		var accepting = CompletableFuture.supplyAsync(() -> Clients.atFullRate(port, DURATION));
		var sizes = new ArrayList<Long>();
		while (!accepting.isDone()) {
			Thread.sleep(LOOK);
			sizes.add(resident(process));
		}
		var accepted = accepting.join();
		process.destroyForcibly().waitFor();
		System.out.printf("accepted %s; resident MiB: %s%n", accepted, sizes);
		Accepted.requireAllOf(DurablePostgres.jdbc(database), accepted.done());
		return sizes;
	}

	private static long resident(Process process) throws IOException {
		try (var lines = Files.lines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
			return lines.filter(line -> line.startsWith("VmRSS:"))
				.mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024)
				.findFirst()
				.orElseThrow();
		}
	}

	private static Process start(JdbcConnectionDetails database, Simulator aws, int port, int managementPort)
			throws IOException {
		var builder = new ProcessBuilder(Image.command("-Xmx256m")).redirectErrorStream(true)
			.redirectOutput(Path.of("target", "benchmark", "memory.log").toFile());
		builder.environment().keySet().removeIf(variable -> variable.startsWith("AWS_"));
		builder.environment()
			.putAll(Map.ofEntries(Map.entry("MALLOC_ARENA_MAX", "1"), Map.entry("SERVER_PORT", Integer.toString(port)),
					Map.entry("MANAGEMENT_SERVER_PORT", Integer.toString(managementPort)),
					Map.entry("SPRING_DATASOURCE_URL", database.getJdbcUrl()),
					Map.entry("SPRING_DATASOURCE_USERNAME", database.getUsername()),
					Map.entry("SPRING_DATASOURCE_PASSWORD", database.getPassword()),
					Map.entry("AWS_REGION", "eu-central-1"), Map.entry("AWS_ACCESS_KEY_ID", "benchmark"),
					Map.entry("AWS_SECRET_ACCESS_KEY", "benchmark"),
					Map.entry("AWS_ENDPOINT_URL", aws.endpoint().toString()),
					Map.entry("PROFILEWORKFLOWS_ACCOUNTID", "123456789012"),
					Map.entry("PROFILEWORKFLOWS_SECURITY_ENABLED", "false")));
		return builder.start();
	}

	private static void awaitReady(Process process, int managementPort) {
		try (var http = HttpClient.newHttpClient()) {
			var request = HttpRequest
				.newBuilder(URI.create("http://127.0.0.1:%d/actuator/health/readiness".formatted(managementPort)))
				.timeout(Duration.ofSeconds(5))
				.build();
			await("for the replica to be ready").atMost(Duration.ofMinutes(3))
				.failFast("it ended while starting, see target/benchmark/memory.log", () -> !process.isAlive())
				.ignoreExceptionsInstanceOf(IOException.class)
				.until(() -> http.send(request, BodyHandlers.discarding()).statusCode() == 200);
		}
	}

	private static int freePort() throws IOException {
		try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

}
