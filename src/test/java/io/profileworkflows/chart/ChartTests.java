package io.profileworkflows.chart;

import java.util.List;
import java.util.Map;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.profileworkflows.OnTheSide;
import io.profileworkflows.Yaml;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@OnTheSide
class ChartTests {

	private static final Map<String, String> SELECTOR = Map.of("app.kubernetes.io/name", "profile-workflows",
			"app.kubernetes.io/instance", "acme");

	@Test
	void passesHelmsStrictLint() {
		for (var chart : List.of(Chart.bare(), Chart.minimal(), Chart.production(), Chart.tryOut(),
				Chart.withEverything())) {
			var result = chart.lint();

			assertThat(result.isFailed()).as("%s", result.getMessages()).isFalse();
		}
	}

	@Test
	void makesManifestsThatKubernetesWouldTake() {
		for (var chart : List.of(Chart.minimal(), Chart.production(), Chart.withEverything())) {
			var resources = chart.template().parseAll();

			assertThat(resources).isNotEmpty().allSatisfy(resource -> {
				assertThat(resource.getMetadata().getNamespace()).isEqualTo(Chart.NAMESPACE);
				assertThat(resource.getMetadata().getLabels()).containsKeys("app.kubernetes.io/name",
						"app.kubernetes.io/instance", "app.kubernetes.io/version", "helm.sh/chart");
			});
			assertThat(resources).extracting(resource -> resource.getKind() + resource.getMetadata().getName())
				.doesNotHaveDuplicates();
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					autoscaling.enabled        | HorizontalPodAutoscaler | false |
					keda.enabled               | ScaledObject            | false | { keda: { prometheusAddress: "http://p:9090" }, serviceMonitor: { enabled: true } }
					podDisruptionBudget.enabled| PodDisruptionBudget     | true  |
					networkPolicy.enabled      | NetworkPolicy           | true  |
					ingress.enabled            | Ingress                 | false | ingress: { hosts: [workflows.example.com] }
					serviceMonitor.enabled     | ServiceMonitor          | false |
					prometheusRule.enabled     | PrometheusRule          | false |
					serviceAccount.create      | ServiceAccount          | true  |
					httpRoute.enabled          | HTTPRoute               | false | httpRoute: { parentRefs: [{ name: public }] }
					tls.certificate.enabled    | Certificate             | false | tls: { certificate: { issuerRef: { name: internal } } }
					migrationJob.enabled       | Job                     | false |
					""")
	void hasOptionalParts(String property, String kind, boolean usual, String more) {
		var chart = (more != null) ? Chart.minimal().with(more) : Chart.minimal();

		assertThat(chart.template().kinds().contains(kind)).as("by default").isEqualTo(usual);
		for (var wanted : List.of(true, false)) {
			var nested = property.replace(".", ": { ") + ": " + wanted + " }".repeat(property.split("\\.").length);
			var manifests = chart.with("{ " + nested).template();
			assertThat(manifests.kinds().contains(kind)).as("%s=%s", property, wanted).isEqualTo(wanted);
			assertThat(manifests.parseAll()).isNotEmpty();
		}
	}

	@Test
	void asksLivenessOfNothingButTheProcess() {
		var container = container(Chart.minimal());

		assertThat(List.of(container.getStartupProbe(), container.getLivenessProbe()))
			.allSatisfy(probe -> assertThat(probe.getHttpGet().getPath()).isEqualTo("/actuator/health/liveness"));
		assertThat(container.getReadinessProbe().getHttpGet().getPath()).isEqualTo("/actuator/health/readiness");
		assertThat(List.of(container.getStartupProbe(), container.getLivenessProbe(), container.getReadinessProbe()))
			.allSatisfy(probe -> assertThat(probe.getHttpGet().getPort().getStrVal()).isEqualTo("management"));
		assertThat(container.getPorts()).anySatisfy(port -> {
			assertThat(port.getName()).isEqualTo("management");
			assertThat(port.getContainerPort()).isEqualTo(8081);
		});
	}

	@Test
	void givesAStartTimeToWaitForAnothersMigrations() {
		var startup = container(Chart.minimal()).getStartupProbe();
		var deployment = deployment(Chart.minimal());

		assertThat(startup.getPeriodSeconds() * startup.getFailureThreshold()).isGreaterThanOrEqualTo(300);
		assertThat(deployment.getSpec().getProgressDeadlineSeconds())
			.isGreaterThan(startup.getPeriodSeconds() * startup.getFailureThreshold());
	}

	@ParameterizedTest
	@ValueSource(strings = { "{ }", "{ preStopSeconds: 30, drainSeconds: 90 }", "{ preStopSeconds: 0 }" })
	void waitsLongerThanAStopTakes(String shutdown) {
		var chart = Chart.minimal().with("shutdown: " + shutdown);
		var pod = pod(chart);
		var lifecycle = container(chart).getLifecycle();
		var drain = Integer.parseInt(configuration(chart).path("spring")
			.path("lifecycle")
			.path("timeout-per-shutdown-phase")
			.asString("")
			.replace("s", ""));

		var preStop = (lifecycle != null) ? lifecycle.getPreStop().getSleep().getSeconds() : 0;
		assertThat(preStop).isEqualTo(Yaml.read(shutdown).path("preStopSeconds").asLong(10));
		assertThat(drain).isGreaterThanOrEqualTo(45);
		assertThat(configuration(chart).at("/profile-workflows/outbox/shutdown-grace").asString(""))
			.as("for what is claimed, within the first of both")
			.isEqualTo((drain - 5) + "s");
		assertThat(pod.getTerminationGracePeriodSeconds()).as("work in flight, then requests")
			.isGreaterThan(preStop + 2L * drain);
	}

	@Test
	void sleepsBeforeAStopOnlyWhereKubernetesCan() {
		var old = Chart.minimal().onKubernetes("1.29.4");

		assertThatThrownBy(old::template).hasMessageContaining("shutdown.preStopSeconds needs Kubernetes 1.30");
		assertThat(container(old.with("shutdown: { preStopSeconds: 0 }")).getLifecycle()).isNull();
	}

	@Test
	void runsUnderTheRestrictedPodSecurityStandard() {
		var manifests = Chart.minimal().template();

		for (var pod : List.of(manifests.the(Deployment.class).getSpec().getTemplate().getSpec(),
				manifests.the(Pod.class).getSpec())) {
			assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
			assertThat(pod.getSecurityContext().getRunAsUser()).isPositive();
			assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
			assertThat(pod.getAutomountServiceAccountToken()).isFalse();
			assertThat(pod.getHostNetwork()).isNull();
			assertThat(pod.getContainers()).allSatisfy(container -> {
				assertThat(container.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
				assertThat(container.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
				assertThat(container.getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
				assertThat(container.getSecurityContext().getCapabilities().getAdd()).isEmpty();
				assertThat(container.getResources().getRequests()).containsKeys("cpu", "memory");
				assertThat(container.getResources().getLimits()).containsKey("memory");
			});
		}
	}

	@Test
	void writesWhereTheRootFileSystemIsReadOnly() {
		var pod = pod(Chart.minimal());

		assertThat(pod.getVolumes()).anySatisfy(volume -> {
			assertThat(volume.getName()).isEqualTo("tmp");
			assertThat(volume.getEmptyDir()).isNotNull();
		});
		assertThat(pod.getContainers().getFirst().getVolumeMounts()).anySatisfy(mount -> {
			assertThat(mount.getMountPath()).isEqualTo("/tmp");
			assertThat(mount.getReadOnly()).isNotEqualTo(true);
		});
	}

	@Test
	void takesUserAndPasswordFromASecretOfOthers() {
		var chart = Chart.minimal().with("database: { existingSecret: ours, passwordKey: secret-word }");
		var manifests = chart.template();

		assertThat(manifests.kinds()).doesNotContain("Secret");
		assertThat(container(chart).getEnv())
			.filteredOn(variable -> variable.getName().matches(".*(PASSWORD|SECRET|TOKEN|USERNAME).*"))
			.hasSize(2)
			.allSatisfy(variable -> {
				assertThat(variable.getValue()).isNull();
				assertThat(variable.getValueFrom().getSecretKeyRef().getName()).isEqualTo("ours");
			});
		assertThat(configuration(chart).path("spring").path("datasource").propertyNames()).containsExactly("url",
				"hikari");
		assertThatThrownBy(
				Chart.minimal().with("database: { url: 'jdbc:postgresql://db/workflows?user=a&password=b' }")::template)
			.hasMessageContaining("database.url has a user or a password in it");
	}

	@Test
	void selectsBySomethingThatNoVersionAndNoValueChanges() {
		for (var chart : List.of(Chart.minimal(), Chart.production(), Chart.withEverything(),
				Chart.minimal().with("image: { tag: '9.9.9' }"))) {
			var manifests = chart.template();

			var deployment = manifests.the(Deployment.class).getSpec();
			assertThat(deployment.getSelector().getMatchLabels()).isEqualTo(SELECTOR);
			assertThat(deployment.getTemplate().getMetadata().getLabels()).containsAllEntriesOf(SELECTOR);
			assertThat(manifests.the(Service.class, "acme-profile-workflows").getSpec().getSelector())
				.isEqualTo(SELECTOR);
			assertThat(manifests.the(PodDisruptionBudget.class).getSpec().getSelector().getMatchLabels())
				.isEqualTo(SELECTOR);
			assertThat(manifests.the(NetworkPolicy.class).getSpec().getPodSelector().getMatchLabels())
				.isEqualTo(SELECTOR);
			assertThat(manifests.the(Pod.class).getMetadata().getLabels()).as("the test's pod gets no requests")
				.doesNotContainEntry("app.kubernetes.io/name", "profile-workflows");
		}
	}

	@Test
	void neverLetsHealthAndMetricsOut() {
		var manifests = Chart.withEverything().with("service: { type: LoadBalancer }").template();

		assertThat(manifests.the(Service.class, "acme-profile-workflows").getSpec().getPorts())
			.extracting(port -> port.getTargetPort().getStrVal())
			.containsExactly("http");
		assertThat(manifests.the(Service.class, "acme-profile-workflows-management").getSpec().getType())
			.isEqualTo("ClusterIP");
		assertThat(manifests.the(Ingress.class).getSpec().getRules()).flatExtracting(rule -> rule.getHttp().getPaths())
			.allSatisfy(path -> assertThat(path.getBackend().getService().getPort().getName()).isEqualTo("http"));
	}

	@Test
	void closesWhatItDoesNotNeed() {
		var policy = Chart.minimal().template().the(NetworkPolicy.class).getSpec();

		assertThat(policy.getPolicyTypes()).containsExactlyInAnyOrder("Ingress", "Egress");
		assertThat(policy.getIngress()).isNotEmpty().allSatisfy(rule -> {
			assertThat(rule.getFrom()).as("named, not anybody").isNotEmpty();
			assertThat(rule.getPorts()).hasSize(1);
		});
		assertThat(policy.getIngress())
			.filteredOn(rule -> rule.getPorts().getFirst().getPort().getStrVal().equals("management"))
			.flatExtracting(rule -> rule.getFrom())
			.allSatisfy(peer -> assertThat(
					(peer.getPodSelector() != null) ? peer.getPodSelector() : peer.getNamespaceSelector())
				.extracting(selector -> selector.getMatchLabels())
				.isNotEqualTo(Map.of()));
		assertThat(policy.getEgress()).flatExtracting(rule -> rule.getPorts())
			.extracting(port -> port.getPort().getIntVal())
			.containsExactlyInAnyOrder(53, 53, 5432, 443, 80);
		assertThat(policy.getEgress()).filteredOn(rule -> rule.getPorts().getFirst().getPort().getIntVal() == 80)
			.flatExtracting(rule -> rule.getTo())
			.extracting(peer -> peer.getIpBlock().getCidr())
			.containsExactly("169.254.170.23/32", "fd00:ec2::23/128");
	}

	@Test
	void leavesTheNumberOfPodsToWhoeverScalesThem() {
		var byCpu = Chart.minimal().with("autoscaling: { enabled: true }").template();
		var byAge = Chart.production().template();

		assertThat(deployment(Chart.minimal()).getSpec().getReplicas()).isEqualTo(2);
		assertThat(byCpu.the(Deployment.class).getSpec().getReplicas()).isNull();
		assertThat(byCpu.the(HorizontalPodAutoscaler.class).getSpec().getScaleTargetRef().getName())
			.isEqualTo(byCpu.the(Deployment.class).getMetadata().getName());
		assertThat(byAge.the(Deployment.class).getSpec().getReplicas()).isNull();
		assertThat(byAge.the("ScaledObject").path("spec").path("scaleTargetRef").path("name").asString(""))
			.isEqualTo(byAge.the(Deployment.class).getMetadata().getName());
		assertThat(byAge.the("ScaledObject").at("/spec/triggers/0/metadata/query").asString("")).isEqualTo(
				"max(outbox_oldest_age_seconds{namespace=\"teams\",service=\"acme-profile-workflows-management\"})");
	}

	@Test
	void spreadsOverZonesAndNodes() {
		assertThat(pod(Chart.minimal()).getTopologySpreadConstraints()).hasSize(2).allSatisfy(constraint -> {
			assertThat(constraint.getLabelSelector().getMatchLabels()).isEqualTo(SELECTOR);
			assertThat(constraint.getMatchLabelKeys()).containsExactly("pod-template-hash");
		});
		assertThat(pod(Chart.minimal().with("topologySpread: { enabled: false }")).getTopologySpreadConstraints())
			.isEmpty();
	}

	@Test
	void handsOnRolesByIrsa() {
		var account = Chart.production().template().the(ServiceAccount.class);

		assertThat(account.getMetadata().getAnnotations()).containsEntry("eks.amazonaws.com/role-arn",
				"arn:aws:iam::123456789012:role/profile-workflows");
		assertThat(pod(Chart.production()).getServiceAccountName()).isEqualTo(account.getMetadata().getName());
	}

	@Test
	void startsPodsAnewWhenTheirConfigurationChanges() {
		var before = deployment(Chart.minimal());
		var after = deployment(Chart.minimal().with("settings: { upstream: { requests-per-second: 10 } }"));

		assertThat(checksum(after)).isNotEqualTo(checksum(before));
		assertThat(checksum(deployment(Chart.minimal()))).isEqualTo(checksum(before));
	}

	@Test
	void configuresTheServiceInItsOwnNames() {
		var configuration = configuration(Chart.minimal().with("""
				aws: { accountId: "000123456789" }
				settings: { upstream: { requests-per-second: 10 }, submission: { settle-time: 8m } }
				"""));

		assertThat(configuration.path("profile-workflows")).isEqualTo(Yaml.read("""
				account-id: "000123456789"
				security: { enabled: true }
				outbox: { shutdown-grace: 40s }
				upstream: { requests-per-second: 10 }
				submission: { settle-time: 8m }
				"""));
		assertThat(configuration.at("/spring/security/oauth2/resourceserver/jwt")).isEqualTo(Yaml.read("""
				issuer-uri: https://login.example.com/realms/teams
				"""));
	}

	@Test
	void prefersTheDigestOfAnImage() {
		assertThat(container(Chart.minimal()).getImage()).isEqualTo("profile-workflows:0.1.0-SNAPSHOT");
		assertThat(container(Chart.minimal().with("image: { tag: '1.2.3' }")).getImage())
			.isEqualTo("profile-workflows:1.2.3");
		var digest = "sha256:" + "0".repeat(64);
		assertThat(container(Chart.minimal().with("image: { digest: '%s' }".formatted(digest))).getImage())
			.isEqualTo("profile-workflows@" + digest);
	}

	@Test
	void scrapesOnlyTheManagementPort() {
		var manifests = Chart.production().template();
		var monitor = manifests.the("ServiceMonitor");
		var service = manifests.the(Service.class, "acme-profile-workflows-management");

		assertThat(service.getMetadata().getLabels()).containsAllEntriesOf(new JsonMapper()
			.convertValue(monitor.at("/spec/selector/matchLabels"), new TypeReference<Map<String, String>>() {
			}));
		assertThat(manifests.the(Service.class, "acme-profile-workflows").getMetadata().getLabels())
			.doesNotContainKey("app.kubernetes.io/component");
		assertThat(monitor.at("/spec/endpoints/0/port").asString("")).isEqualTo("management");
		assertThat(monitor.at("/spec/endpoints/0/path").asString("")).isEqualTo("/actuator/prometheus");
	}

	@Test
	void writesJsonInProduction() {
		assertThat(configuration(Chart.minimal()).has("logging")).isFalse();
		assertThat(configuration(Chart.production()).at("/logging/structured/format/console").asString(""))
			.isEqualTo("ecs");
	}

	@Test
	void sendsTracesOnlyWhereItIsTold() {
		var silent = Chart.minimal();
		var telling = Chart.minimal()
			.with("telemetry: { otlpEndpoint: 'http://collector:4318', metrics: false, samplingProbability: 0.25 }");

		assertThat(container(silent).getEnv()).noneMatch(variable -> variable.getName().startsWith("OTEL"));
		assertThat(container(telling).getEnv())
			.anySatisfy(variable -> assertThat(variable)
				.isEqualTo(new EnvVar("OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector:4318", null)))
			.anySatisfy(variable -> assertThat(variable).isEqualTo(new EnvVar("OTEL_METRICS_EXPORTER", "none", null)))
			.anySatisfy(variable -> assertThat(variable.getValue()).as("which pod's metrics they are")
				.contains("service.instance.id=$(POD_NAME)"));
		assertThat(container(telling).getEnv().stream().map(EnvVar::getName)).as("Kubernetes knows it when it uses it")
			.containsSubsequence("POD_NAME", "OTEL_RESOURCE_ATTRIBUTES");
		assertThat(configuration(telling).at("/management/tracing/sampling/probability").asDouble(0)).isEqualTo(0.25);
	}

	@ParameterizedTest
	@CsvSource({ "http://collector.monitoring:4318, 4318", "https://collector.example.com, 443",
			"http://collector/otlp, 80" })
	void letsTracesThrough(String endpoint, int port) {
		var chart = Chart.minimal()
			.with("networkPolicy: { telemetry: { to: [{ namespaceSelector: { matchLabels: { here: it-is } } }] } }");

		assertThat(chart.template().the(NetworkPolicy.class).getSpec().getEgress().toString()).doesNotContain("it-is");
		assertThat(chart.with("telemetry: { otlpEndpoint: '%s' }".formatted(endpoint))
			.template()
			.the(NetworkPolicy.class)
			.getSpec()
			.getEgress()).anySatisfy(rule -> {
				assertThat(rule.getPorts()).singleElement()
					.satisfies(allowed -> assertThat(allowed.getPort().getIntVal()).isEqualTo(port));
				assertThat(rule.getTo().toString()).contains("it-is");
			});
	}

	@Test
	void testsItselfWithinTheCluster() {
		var manifests = Chart.minimal().with("tests: { tokenSecret: { name: token } }").template();
		var pod = manifests.the(Pod.class);
		var files = manifests.the(ConfigMap.class, "acme-profile-workflows-test");

		assertThat(List.<HasMetadata>of(pod, files))
			.allSatisfy(hook -> assertThat(hook.getMetadata().getAnnotations()).containsEntry(Chart.HOOK, "test"));
		assertThat(files.getData()).containsOnlyKeys("test.sh", "request.json");
		assertThat(pod.getSpec().getContainers().getFirst().getEnv())
			.anySatisfy(
					variable -> assertThat(variable.getValue()).isEqualTo("http://acme-profile-workflows.teams.svc:80"))
			.anySatisfy(variable -> assertThat(variable.getValue())
				.isEqualTo("http://acme-profile-workflows-management.teams.svc:8081"))
			.anySatisfy(variable -> {
				assertThat(variable.getName()).isEqualTo("TOKEN");
				assertThat(variable.getValueFrom().getSecretKeyRef().getName()).isEqualTo("token");
			});
	}

	@Test
	void doesWithoutTokensOnlyWhereThatIsChosen() {
		var open = Chart.minimal().with("security: { enabled: false, jwt: { issuerUri: '' } }");

		assertThat(configuration(open).at("/profile-workflows/security/enabled").asBoolean(true)).isFalse();
		assertThat(configuration(Chart.minimal()
			.with("security: { jwt: { issuerUri: '', jwkSetUri: 'https://login.example.com/keys' } }"))
			.at("/spring/security/oauth2/resourceserver/jwt")).isEqualTo(Yaml.read("""
					jwk-set-uri: https://login.example.com/keys
					"""));
	}

	@Test
	void mountsAccessKeysWhereTheServiceReadsThem() {
		var chart = Chart.minimal().with("""
				security: { jwt: { issuerUri: '' }, accessKeys: { existingSecret: keys, key: mine.yaml } }
				settings: { security: { claims: { roles: groups } } }
				""");

		assertThat(configuration(chart).at("/profile-workflows/security")).isEqualTo(Yaml.read("""
				enabled: true
				access-keys-file: /etc/profile-workflows-access-keys/mine.yaml
				claims: { roles: groups }
				"""));
		assertThat(pod(chart).getVolumes()).filteredOn(volume -> volume.getSecret() != null)
			.singleElement()
			.satisfies(volume -> {
				assertThat(volume.getSecret().getSecretName()).isEqualTo("keys");
				assertThat(volume.getSecret().getDefaultMode()).isEqualTo(0440);
				assertThat(container(chart).getVolumeMounts())
					.filteredOn(mount -> mount.getName().equals(volume.getName()))
					.singleElement()
					.satisfies(mount -> {
						assertThat(mount.getMountPath()).isEqualTo("/etc/profile-workflows-access-keys");
						assertThat(mount.getReadOnly()).isTrue();
						assertThat(mount.getSubPath()).as("a file mounted by itself never changes").isNull();
					});
			});
	}

	@Test
	void speaksTlsWithTheSecretThatIsNamed() {
		var chart = Chart.minimal().with("tls: { existingSecret: certificate }");

		assertThat(configuration(chart).at("/server/ssl/bundle").asString()).isEqualTo("server");
		assertThat(configuration(chart).at("/spring/ssl/bundle/pem/server")).isEqualTo(Yaml.read("""
				reload-on-update: true
				keystore:
				  certificate: /etc/profile-workflows-tls/tls.crt
				  private-key: /etc/profile-workflows-tls/tls.key
				"""));
		assertThat(pod(chart).getVolumes()).filteredOn(volume -> volume.getName().equals("tls"))
			.singleElement()
			.satisfies(volume -> assertThat(volume.getSecret().getSecretName()).isEqualTo("certificate"));
		assertThat(container(chart).getVolumeMounts()).filteredOn(mount -> mount.getName().equals("tls"))
			.singleElement()
			.satisfies(mount -> {
				assertThat(mount.getMountPath()).isEqualTo("/etc/profile-workflows-tls");
				assertThat(mount.getSubPath()).as("a file mounted by itself never changes").isNull();
			});
		assertThat(configuration(Chart.minimal()).has("server")).isFalse();
	}

	@Test
	void checksTheAudienceOfTokens() {
		assertThat(configuration(Chart.minimal().with("security: { jwt: { audiences: [workflows, all] } }"))
			.at("/spring/security/oauth2/resourceserver/jwt/audiences")).isEqualTo(Yaml.read("[workflows, all]"));
	}

	private static JsonNode configuration(Chart chart) {
		return Yaml
			.read(chart.template().the(ConfigMap.class, "acme-profile-workflows").getData().get("application.yaml"));
	}

	private static String checksum(Deployment deployment) {
		return deployment.getSpec().getTemplate().getMetadata().getAnnotations().get("checksum/config");
	}

	private static Deployment deployment(Chart chart) {
		return chart.template().the(Deployment.class);
	}

	private static PodSpec pod(Chart chart) {
		return deployment(chart).getSpec().getTemplate().getSpec();
	}

	private static Container container(Chart chart) {
		return pod(chart).getContainers().getFirst();
	}

}
