package io.profileworkflows.chart;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.profileworkflows.OnTheSide;
import io.profileworkflows.Postgres;
import io.profileworkflows.ProfileWorkflowsApplication;
import io.profileworkflows.simulator.Simulator;
import io.profileworkflows.simulator.SimulatorSettings;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What values-tryout.yaml installs, as far as that can be seen without a cluster: it fits
 * together, and the service works with just the variables and files that its pod would
 * have.
 */
@OnTheSide
class TryOutTests {

	private static final Path VALUES = Chart.DIRECTORY.resolve("values-tryout.yaml");

	private static final Chart CHART = Chart.tryOut().as("tryout");

	private static final Duration PATIENCE = Duration.ofMinutes(3);

	private final HttpClient http = HttpClient.newHttpClient();

	private final Manifests manifests = CHART.template();

	@TempDir
	Path directory;

	@Test
	void servesEachAddressThatTheServiceIsGiven() {
		assertThat(served(URI.create("http://" + manifests.configuration()
			.at("/spring/datasource/url")
			.asString("")
			.replaceFirst("jdbc:postgresql://", "")), "tryout-postgres")).isTrue();
		assertThat(variables(manifests.container(), Map.of()))
			.hasEntrySatisfying("AWS_ENDPOINT_URL_CUSTOMER_PROFILES",
					address -> assertThat(served(URI.create(address), "tryout-simulator")).isTrue())
			.hasEntrySatisfying("AWS_ENDPOINT_URL",
					address -> assertThat(served(URI.create(address), "tryout-simulator")).isTrue());
		assertThat(manifests.policy().getEgress()).flatExtracting(rule -> rule.getPorts())
			.extracting(port -> port.getPort().getIntVal())
			.contains(5432, 8090);
	}

	@Test
	void runsNothingThatTheRestrictedPodSecurityStandardForbids() {
		assertThat(pods()).hasSize(3).allSatisfy(pod -> {
			assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
			assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
			var containers = new ArrayList<>(pod.getContainers());
			containers.addAll(pod.getInitContainers());
			assertThat(containers).allSatisfy(container -> {
				assertThat(container.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
				assertThat(container.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
				assertThat(container.getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
				assertThat(container.getResources().getLimits()).containsKey("memory");
			});
		});
	}

	@Test
	void takesImagesThatTheDockerfileMakesOrThatArePinned() throws IOException {
		var dockerfile = Files.readString(Path.of("Dockerfile"));
		var howTo = Files.readString(VALUES);
		var page = Files.readString(Path.of("docs/kubernetes.md"));

		assertThat(dockerfile).contains(" AS simulator\n", " AS service\n")
			.as("reached from other pods")
			.contains("\"--bind=0.0.0.0\", \"--port=8090\"");
		assertThat(pods()).flatExtracting(PodSpec::getContainers)
			.extracting(Container::getImage)
			.containsExactlyInAnyOrder("profile-workflows:tryout", "profile-workflows-simulator:tryout",
					Postgres.IMAGE);
		assertThat(pods()).flatExtracting(PodSpec::getContainers)
			.filteredOn(container -> container.getImage().endsWith(":tryout"))
			.allSatisfy(container -> {
				assertThat(container.getImagePullPolicy()).isEqualTo("Never");
				assertThat(howTo).contains("-t " + container.getImage());
				assertThat(page).contains("-t " + container.getImage());
			});
	}

	@Test
	void startsTheDatabaseWithTheUserThatTheServiceHas() {
		var database = variables(container("tryout-postgres"), secret());
		var service = variables(manifests.container(), secret());

		assertThat(service.get("SPRING_DATASOURCE_USERNAME")).isEqualTo(database.get("POSTGRES_USER"));
		assertThat(service.get("SPRING_DATASOURCE_PASSWORD")).isEqualTo(database.get("POSTGRES_PASSWORD"));
		assertThat(manifests.configuration().at("/spring/datasource/url").asString(""))
			.endsWith("/" + database.get("POSTGRES_DB"));
	}

	@Test
	void takesARequestToItsEnd() throws Exception {
		var database = Postgres.create("tryout");
		var variables = variables(manifests.container(), secret());
		own(database, variables.get("SPRING_DATASOURCE_USERNAME"), variables.get("SPRING_DATASOURCE_PASSWORD"));
		try (var simulator = Simulator.start(SimulatorSettings.defaults().withPort(0).withRequestsPerSecond(5))) {
			var port = freePort();
			var managementPort = freePort();
			var instead = Map.of("//tryout-postgres:5432/workflows",
					database.getJdbcUrl().replaceAll("^.*?(?=//)|\\?.*", ""), "http://tryout-simulator:8090",
					simulator.endpoint().toString());
			Files.writeString(directory.resolve("application.yaml"),
					here(manifests.the(ConfigMap.class, "tryout-profile-workflows").getData().get("application.yaml"),
							instead));
			variables.replaceAll((_, value) -> here(value, instead));
			variables.put("SPRING_CONFIG_ADDITIONALLOCATION", "file:" + directory + "/");
			variables.put("SERVER_PORT", Integer.toString(port));
			variables.put("MANAGEMENT_SERVER_PORT", Integer.toString(managementPort));
			var log = directory.resolve("service.log");
			var service = start(variables, log);
			try {
				awaitOr(log, () -> get("http://127.0.0.1:%d/readyz".formatted(port)).equals("{\"status\":\"UP\"}"));

				assertThat(test(port, managementPort)).contains("It is ready.", "It did a dry run");
				assertThat(post("http://127.0.0.1:%d/domains/retail/workflows/integrations".formatted(port)))
					.contains("WorkflowId");
				awaitOr(log, () -> get("http://127.0.0.1:%d/workflows".formatted(port)).contains("\"COMPLETE\""));
			}
			finally {
				service.destroy();
				service.waitFor(1, TimeUnit.MINUTES);
			}
		}
	}

	/** Whether something in the cluster answers at that address. */
	private boolean served(URI address, String name) {
		var service = manifests.the(Service.class, name).getSpec();
		var deployment = manifests.the(Deployment.class, name).getSpec();
		return address.getHost().equals(name)
				&& deployment.getTemplate()
					.getMetadata()
					.getLabels()
					.entrySet()
					.containsAll(service.getSelector().entrySet())
				&& service.getPorts()
					.stream()
					.filter(port -> port.getPort() == address.getPort())
					.flatMap(port -> container(name).getPorts()
						.stream()
						.filter(own -> own.getName().equals(port.getTargetPort().getStrVal())))
					.anyMatch(own -> own.getContainerPort() == address.getPort());
	}

	private List<PodSpec> pods() {
		return manifests.parseAll()
			.stream()
			.filter(Deployment.class::isInstance)
			.map(deployment -> ((Deployment) deployment).getSpec().getTemplate().getSpec())
			.toList();
	}

	private Container container(String deployment) {
		return manifests.the(Deployment.class, deployment).getSpec().getTemplate().getSpec().getContainers().getFirst();
	}

	private Map<String, String> secret() {
		return manifests.the(Secret.class, "tryout-postgres").getStringData();
	}

	/** Those that have a value, as the kubelet would set them. */
	private static Map<String, String> variables(Container container, Map<String, String> secret) {
		var variables = new HashMap<String, String>();
		for (var variable : container.getEnv()) {
			var value = value(variable, secret);
			if (value != null) {
				variables.put(variable.getName(), value);
			}
		}
		return variables;
	}

	private static String value(EnvVar variable, Map<String, String> secret) {
		var from = variable.getValueFrom();
		return (from == null) ? variable.getValue() : secret.get(from.getSecretKeyRef().getKey());
	}

	private static String here(String text, Map<String, String> instead) {
		var changed = text;
		for (var address : instead.entrySet()) {
			changed = changed.replace(address.getKey(), address.getValue());
		}
		return changed;
	}

	private static void own(Postgres.Database database, String user, String password) throws SQLException {
		try (var connection = DriverManager.getConnection(database.getJdbcUrl(), database.getUsername(),
				database.getPassword()); var statement = connection.createStatement()) {
			statement.execute("create role %s login password '%s'".formatted(user, password));
			statement.execute("alter database tryout owner to " + user);
		}
	}

	private static Process start(Map<String, String> variables, Path log) throws IOException {
		var java = ProcessHandle.current().info().command().orElseThrow();
		var builder = new ProcessBuilder(java, "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
				ProfileWorkflowsApplication.class.getName())
			.redirectErrorStream(true)
			.redirectOutput(log.toFile());
		builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
		builder.environment().putAll(variables);
		return builder.start();
	}

	/** The chart's own, as its pod would run it. */
	private String test(int port, int managementPort) throws IOException, InterruptedException {
		var files = manifests.the(ConfigMap.class, "tryout-profile-workflows-test").getData();
		for (var file : files.entrySet()) {
			Files.writeString(directory.resolve(file.getKey()), file.getValue());
		}
		var script = new ProcessBuilder("sh", directory.resolve("test.sh").toString()).redirectErrorStream(true);
		script.environment().putAll(variables(manifests.the(Pod.class).getSpec().getContainers().getFirst(), Map.of()));
		script.environment().put("API", "http://127.0.0.1:" + port);
		script.environment().put("MANAGEMENT", "http://127.0.0.1:" + managementPort);
		var process = script.start();
		var output = new String(process.getInputStream().readAllBytes());
		assertThat(process.waitFor()).as(output).isZero();
		return output;
	}

	private static void awaitOr(Path log, Callable<Boolean> condition) throws IOException {
		try {
			await().atMost(PATIENCE).pollInterval(Duration.ofMillis(500)).ignoreExceptions().until(condition);
		}
		catch (ConditionTimeoutException failure) {
			throw new AssertionError(Files.readString(log), failure);
		}
	}

	private String post(String address) throws IOException, InterruptedException {
		return http
			.send(HttpRequest.newBuilder(URI.create(address))
				.header("Content-Type", "application/json")
				.POST(HttpRequest.BodyPublishers
					.ofFile(Path.of("src/test/resources/samples/salesforce-scheduled.json")))
				.build(), HttpResponse.BodyHandlers.ofString())
			.body();
	}

	private String get(String address) throws IOException, InterruptedException {
		return http.send(HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.ofString())
			.body();
	}

	private static int freePort() throws IOException {
		try (var socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
	}

}
