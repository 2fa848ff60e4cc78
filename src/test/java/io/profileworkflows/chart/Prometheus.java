package io.profileworkflows.chart;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.profileworkflows.Yaml;
import tools.jackson.databind.JsonNode;

/**
 * A Prometheus of Debian's package, which is older than those that most clusters have. It
 * scrapes one target each second, and takes exemplars.
 */
final class Prometheus implements AutoCloseable {

	private static final Duration TIME_TO_STOP = Duration.ofSeconds(20);

	private final HttpClient http = HttpClient.newHttpClient();

	private final Process process;

	private final Path log;

	private final URI address;

	private Prometheus(Process process, Path log, URI address) {
		this.process = process;
		this.log = log;
		this.address = address;
	}

	/** Where a program of the package is, if it is installed. */
	static Optional<Path> program(String name) {
		return Stream.of(System.getenv("PATH").split(File.pathSeparator))
			.map(directory -> Path.of(directory, name))
			.filter(Files::isExecutable)
			.findFirst();
	}

	/**
	 * Scrapes the service whose management port this is, under the labels that the chart
	 * and the compose file give it.
	 */
	static Prometheus scraping(int managementPort, Path directory, Path rules) throws IOException {
		var port = freePort();
		var configuration = Files.writeString(directory.resolve("prometheus.yml"), """
				global: { scrape_interval: 1s, evaluation_interval: 1s }
				rule_files: [ "%s" ]
				scrape_configs:
				  - job_name: profile-workflows
				    metrics_path: /actuator/prometheus
				    static_configs: [{ targets: ["127.0.0.1:%d"], labels: { namespace: tests, pod: tests-0 } }]
				""".formatted(rules.toAbsolutePath(), managementPort));
		var log = directory.resolve("prometheus.log");
		var process = new ProcessBuilder(List.of(program("prometheus").orElseThrow().toString(),
				"--config.file=" + configuration, "--storage.tsdb.path=" + directory.resolve("data"),
				"--web.listen-address=127.0.0.1:" + port, "--enable-feature=exemplar-storage"))
			.redirectErrorStream(true)
			.redirectOutput(log.toFile())
			.start();
		return new Prometheus(process, log, URI.create("http://127.0.0.1:" + port));
	}

	private static int freePort() throws IOException {
		try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

	boolean isReady() {
		if (!process.isAlive()) {
			throw new IllegalStateException("Prometheus has ended: " + log());
		}
		try {
			return send("/-/ready").statusCode() == 200;
		}
		catch (IOException _) {
			return false;
		}
	}

	/** What it says of its target: health, and the error of the latest scrape. */
	JsonNode target() throws IOException {
		return ask("/api/v1/targets").at("/activeTargets/0");
	}

	List<JsonNode> rules() throws IOException {
		return List.copyOf(ask("/api/v1/rules").at("/groups").findParents("query"));
	}

	/** The series that an expression gives now. */
	List<JsonNode> query(String expression) throws IOException {
		return List.copyOf(ask("/api/v1/query?query=" + encoded(expression)).path("result").values());
	}

	/** Those of the last hour. */
	List<JsonNode> exemplars(String selector) throws IOException {
		return List.copyOf(
				ask("/api/v1/query_exemplars?start=0&end=9999999999&query=" + encoded(selector)).findValues("exemplars")
					.stream()
					.flatMap(exemplars -> exemplars.values().stream())
					.toList());
	}

	private JsonNode ask(String path) throws IOException {
		var answer = send(path);
		var body = Yaml.read(answer.body());
		if (!body.path("status").asString("").equals("success")) {
			throw new IllegalStateException(path + ": " + answer.body());
		}
		return body.path("data");
	}

	private HttpResponse<String> send(String path) throws IOException {
		try {
			return http.send(HttpRequest.newBuilder(URI.create(address + path)).timeout(TIME_TO_STOP).build(),
					HttpResponse.BodyHandlers.ofString());
		}
		catch (InterruptedException failure) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(failure);
		}
	}

	private static String encoded(String value) {
		return URLEncoder.encode(value, StandardCharsets.UTF_8);
	}

	private String log() {
		try {
			return Files.readString(log);
		}
		catch (IOException failure) {
			return failure.toString();
		}
	}

	@Override
	public void close() {
		http.close();
		process.destroy();
		try {
			if (!process.waitFor(TIME_TO_STOP.toSeconds(), TimeUnit.SECONDS)) {
				process.destroyForcibly();
			}
		}
		catch (InterruptedException _) {
			process.destroyForcibly();
			Thread.currentThread().interrupt();
		}
	}

}
