package io.profileworkflows.chart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.autoscaling.v2.MetricSpec;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.profileworkflows.OnTheSide;
import io.profileworkflows.Yaml;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.ssl.SslProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What people are used to from other charts.
 */
@OnTheSide
class ChartOptionsTests {

	@Test
	void addsObjectsOfOthers() {
		var manifests = Chart.minimal().with("""
				extraObjects:
				  - apiVersion: v1
				    kind: ConfigMap
				    metadata:
				      name: '{{ include "profile-workflows.fullname" . }}-one'
				    data: { region: "{{ .Values.aws.region }}" }
				  - |
				    apiVersion: v1
				    kind: ConfigMap
				    metadata:
				      name: {{ .Release.Name }}-two
				    {{- if .Values.security.enabled }}
				    data: { secured: "yes" }
				    {{- end }}
				""").template();

		assertThat(manifests.the(ConfigMap.class, "acme-profile-workflows-one").getData())
			.isEqualTo(Map.of("region", "eu-central-1"));
		assertThat(manifests.the(ConfigMap.class, "acme-two").getData()).isEqualTo(Map.of("secured", "yes"));
	}

	@Test
	void hasTheKeysOfSecretsFromASecret() {
		var manifests = Chart.minimal().with("""
				events: { encryptionKeys: { existingSecret: event-keys, key: ring } }
				settings: { events: { retry-for: 2d, allow-private-targets: true } }
				""").template();

		assertThat(manifests.container().getEnv())
			.filteredOn(variable -> variable.getName().equals("PROFILEWORKFLOWS_EVENTS_ENCRYPTIONKEYS"))
			.singleElement()
			.satisfies(variable -> {
				assertThat(variable.getValueFrom().getSecretKeyRef().getName()).isEqualTo("event-keys");
				assertThat(variable.getValueFrom().getSecretKeyRef().getKey()).isEqualTo("ring");
			});
		assertThat(Chart.minimal().template().container().getEnv())
			.noneMatch(variable -> variable.getName().equals("PROFILEWORKFLOWS_EVENTS_ENCRYPTIONKEYS"));
	}

	@Test
	void trustsTheAuthorityOfSubscribers() throws IOException {
		var readme = Files.readString(Path.of("helm/profile-workflows/README.md"));
		var begin = readme.indexOf("```yaml", readme.indexOf("certificates of your own authority"))
				+ "```yaml".length();
		var example = readme.substring(begin, readme.indexOf("```", begin)).stripIndent();
		var manifests = Chart.minimal().with(example).template();

		assertThat(manifests.container().getVolumeMounts())
			.anyMatch(mount -> mount.getMountPath().equals("/etc/authority"));
		var environment = manifests.container()
			.getEnv()
			.stream()
			.filter(variable -> variable.getName().startsWith("SPRING_SSL_"))
			.collect(Collectors.<EnvVar, String, Object>toMap(EnvVar::getName, EnvVar::getValue));
		var sources = ConfigurationPropertySources
			.from(new SystemEnvironmentPropertySource("systemEnvironment", environment));
		var name = manifests.configuration().at("/profile-workflows/events/ssl-bundle").asString("");
		var bundles = new Binder(sources).bind("spring.ssl", SslProperties.class).get().getBundle().getPem();
		assertThat(bundles.get(name).getTruststore().getCertificate()).isEqualTo("/etc/authority/ca.crt");
	}

	@Test
	void letsPeopleSignIn() {
		var manifests = Chart.minimal().with("""
				security:
				  signIn: { clientId: page, publicUrl: "https://workflows.example.com", existingSecret: page-client }
				settings: { sign-in: { session-time: 30m } }
				""").template();

		var signIn = manifests.configuration().at("/profile-workflows/sign-in");
		assertThat(signIn.path("client-id").asString()).isEqualTo("page");
		assertThat(signIn.path("public-url").asString()).isEqualTo("https://workflows.example.com");
		assertThat(signIn.path("session-time").asString()).isEqualTo("30m");
		assertThat(manifests.container().getEnv())
			.filteredOn(variable -> variable.getName().equals("PROFILEWORKFLOWS_SIGNIN_CLIENTSECRET"))
			.singleElement()
			.satisfies(variable -> {
				assertThat(variable.getValueFrom().getSecretKeyRef().getName()).isEqualTo("page-client");
				assertThat(variable.getValueFrom().getSecretKeyRef().getKey()).isEqualTo("client-secret");
			});
	}

	@Test
	void addsToThePod() {
		var manifests = Chart.minimal().with("""
				deploymentAnnotations: { owner: crm }
				initContainers:
				  - { name: proxy, image: "proxy:{{ .Chart.AppVersion }}", restartPolicy: Always }
				envFrom: [{ secretRef: { name: more } }, { prefix: P_, configMapRef: { name: rest } }]
				""").template();

		assertThat(manifests.the(Deployment.class).getMetadata().getAnnotations()).containsEntry("owner", "crm");
		assertThat(manifests.pod().getInitContainers()).singleElement().satisfies(container -> {
			assertThat(container.getImage()).isEqualTo("proxy:0.1.0-SNAPSHOT");
			assertThat(container.getRestartPolicy()).isEqualTo("Always");
		});
		assertThat(manifests.container().getEnvFrom()).hasSize(2).satisfies(sources -> {
			assertThat(sources.getFirst().getSecretRef().getName()).isEqualTo("more");
			assertThat(sources.get(1).getConfigMapRef().getName()).isEqualTo("rest");
			assertThat(sources.get(1).getPrefix()).isEqualTo("P_");
		});
	}

	@Test
	void saysHowTheServiceIsReachedFromOutside() {
		var service = Chart.minimal().with("""
				service:
				  type: LoadBalancer
				  nodePort: 30080
				  externalTrafficPolicy: Local
				  loadBalancerClass: service.k8s.aws/nlb
				  loadBalancerSourceRanges: [10.0.0.0/8]
				""").template().the(Service.class, "acme-profile-workflows").getSpec();

		assertThat(service.getExternalTrafficPolicy()).isEqualTo("Local");
		assertThat(service.getLoadBalancerClass()).isEqualTo("service.k8s.aws/nlb");
		assertThat(service.getLoadBalancerSourceRanges()).containsExactly("10.0.0.0/8");
		assertThat(service.getPorts()).singleElement()
			.satisfies(port -> assertThat(port.getNodePort()).isEqualTo(30080));
	}

	@Test
	void leavesToKubernetesWhatNobodySays() {
		var service = Chart.minimal()
			.with("service: { type: LoadBalancer }")
			.template()
			.the(Service.class, "acme-profile-workflows")
			.getSpec();

		assertThat(service.getExternalTrafficPolicy()).isNull();
		assertThat(service.getLoadBalancerClass()).isNull();
		assertThat(service.getLoadBalancerSourceRanges()).isEmpty();
		assertThat(service.getPorts().getFirst().getNodePort()).isNull();
	}

	@Test
	void takesConstraintsOfSpreadInPlaceOfItsOwn() {
		var constraints = Chart.minimal().with("""
				topologySpreadConstraints:
				  - { maxSkew: 2, topologyKey: rack, whenUnsatisfiable: DoNotSchedule, minDomains: 3 }
				  - maxSkew: 1
				    topologyKey: room
				    whenUnsatisfiable: ScheduleAnyway
				    labelSelector: { matchLabels: { team: crm } }
				""").template().pod().getTopologySpreadConstraints();

		assertThat(constraints).hasSize(2);
		assertThat(constraints.getFirst().getTopologyKey()).isEqualTo("rack");
		assertThat(constraints.getFirst().getMinDomains()).isEqualTo(3);
		assertThat(constraints.getFirst().getLabelSelector().getMatchLabels())
			.isEqualTo(Map.of("app.kubernetes.io/name", "profile-workflows", "app.kubernetes.io/instance", "acme"));
		assertThat(constraints.get(1).getLabelSelector().getMatchLabels()).isEqualTo(Map.of("team", "crm"));
	}

	@Test
	void scalesByMemoryAndBacklog() {
		var usual = scaler("{ }");
		var both = scaler("{ targetCPUUtilizationPercentage: 0, targetMemoryUtilizationPercentage: 85 }");
		var pods = scaler("{ backlog: { type: Pods } }");
		var external = scaler(
				"{ backlog: { type: External, metric: waiting, target: 100, matchLabels: { service: workflows } } }");

		assertThat(usual).extracting(metric -> metric.getResource().getName()).containsExactly("cpu");
		assertThat(both).singleElement().satisfies(metric -> {
			assertThat(metric.getResource().getName()).isEqualTo("memory");
			assertThat(metric.getResource().getTarget().getAverageUtilization()).isEqualTo(85);
		});
		assertThat(pods).hasSize(2).last().satisfies(metric -> {
			assertThat(metric.getPods().getMetric().getName()).isEqualTo("outbox_oldest_age_seconds");
			assertThat(metric.getPods().getTarget().getType()).isEqualTo("AverageValue");
			assertThat(metric.getPods().getTarget().getAverageValue().toString()).isEqualTo("30");
		});
		assertThat(external).hasSize(2).last().satisfies(metric -> {
			assertThat(metric.getExternal().getMetric().getName()).isEqualTo("waiting");
			assertThat(metric.getExternal().getMetric().getSelector().getMatchLabels())
				.isEqualTo(Map.of("service", "workflows"));
			assertThat(metric.getExternal().getTarget().getType()).isEqualTo("Value");
			assertThat(metric.getExternal().getTarget().getValue().toString()).isEqualTo("100");
		});
	}

	@Test
	void scalesAsSlowlyAsSomebodyWants() {
		var behavior = Chart.minimal()
			.with("autoscaling: { enabled: true, behavior: { scaleDown: { stabilizationWindowSeconds: 900 } } }")
			.template()
			.the(HorizontalPodAutoscaler.class)
			.getSpec()
			.getBehavior();

		assertThat(behavior.getScaleDown().getStabilizationWindowSeconds()).isEqualTo(900);
	}

	@Test
	void asksKedasPrometheusAsSomebodyWants() {
		var query = "max(outbox_oldest_age_seconds{job=\"workflows\"})";
		var scaled = Chart.minimal()
			.with("keda: { enabled: true, prometheusAddress: 'http://p:9090', query: '%s' }".formatted(query))
			.template()
			.the("ScaledObject");

		assertThat(scaled.at("/spec/triggers/0/metadata/query").asString("")).isEqualTo(query);
	}

	@Test
	void hasCertManagerIssueTheCertificateThatThePodsServe() {
		var manifests = Chart.minimal().with("""
				tls:
				  certificate:
				    enabled: true
				    issuerRef: { name: internal, kind: ClusterIssuer }
				    dnsNames: [workflows.example.com]
				    duration: 2160h
				    renewBefore: 720h
				""").template();

		assertThat(manifests.the("Certificate").path("spec")).isEqualTo(Yaml.read("""
				secretName: acme-profile-workflows-tls
				issuerRef: { name: internal, kind: ClusterIssuer }
				dnsNames:
				  - acme-profile-workflows
				  - acme-profile-workflows.teams
				  - acme-profile-workflows.teams.svc
				  - workflows.example.com
				duration: 2160h
				renewBefore: 720h
				privateKey: { encoding: PKCS8, rotationPolicy: Always }
				"""));
		assertThat(manifests.configuration().at("/server/ssl/bundle").asString("")).isEqualTo("server");
		assertThat(manifests.pod().getVolumes()).filteredOn(volume -> volume.getName().equals("tls"))
			.singleElement()
			.satisfies(
					volume -> assertThat(volume.getSecret().getSecretName()).isEqualTo("acme-profile-workflows-tls"));
	}

	@Test
	void migratesBeforeAnUpgradeBegins() {
		var manifests = Chart.production()
			.with("migrationJob: { enabled: true, backoffLimit: 5, annotations: { owner: crm } }")
			.with("extraEnv: [{ name: LOGGING_LEVEL_ROOT, value: warn }]")
			.template();
		var job = manifests.the(Job.class);
		var pod = job.getSpec().getTemplate().getSpec();
		var container = pod.getContainers().getFirst();

		assertThat(job.getMetadata().getAnnotations()).containsEntry(Chart.HOOK, "pre-install,pre-upgrade")
			.containsEntry("owner", "crm");
		assertThat(job.getSpec().getBackoffLimit()).isEqualTo(5);
		assertThat(job.getSpec().getActiveDeadlineSeconds()).isEqualTo(600);
		assertThat(job.getSpec().getTemplate().getMetadata().getLabels()).as("it gets no requests")
			.doesNotContainEntry("app.kubernetes.io/name", "profile-workflows");
		assertThat(container.getImage()).isEqualTo(manifests.container().getImage());
		assertThat(container.getArgs()).containsExactly("migrate");
		assertThat(container.getSecurityContext()).isEqualTo(manifests.container().getSecurityContext());
		assertThat(pod.getSecurityContext()).isEqualTo(manifests.pod().getSecurityContext());
		assertThat(container.getEnv()).filteredOn(variable -> variable.getName().equals("SPRING_DATASOURCE_URL"))
			.singleElement()
			.satisfies(variable -> assertThat(variable.getValue())
				.isEqualTo(manifests.configuration().at("/spring/datasource/url").asString("")));
		assertThat(container.getEnv()).extracting(variable -> variable.getName())
			.contains("SPRING_DATASOURCE_USERNAME", "SPRING_DATASOURCE_PASSWORD", "LOGGING_LEVEL_ROOT")
			.doesNotHaveDuplicates();
		assertThat(container.getVolumeMounts()).as("the database's certificate authority")
			.anySatisfy(mount -> assertThat(mount.getMountPath()).isEqualTo("/etc/ssl/database"));
	}

	/** Nothing of a release is there before its hooks have run. */
	@Test
	void needsNothingForTheMigrationThatTheReleaseBrings() {
		var manifests = Chart.minimal().with("migrationJob: { enabled: true }").template();
		var pod = manifests.the(Job.class).getSpec().getTemplate().getSpec();

		assertThat(pod.getServiceAccountName()).isNull();
		assertThat(pod.getVolumes()).allSatisfy(volume -> assertThat(volume.getConfigMap()).isNull());
		assertThat(Chart.minimal()
			.with("{ migrationJob: { enabled: true }, serviceAccount: { create: false, name: theirs } }")
			.template()
			.the(Job.class)
			.getSpec()
			.getTemplate()
			.getSpec()
			.getServiceAccountName()).isEqualTo("theirs");
	}

	@ParameterizedTest
	@ValueSource(strings = { "envFrom: [{ prefix: P_ }]", "initContainers: [{ name: a }]",
			"service: { externalTrafficPolicy: Global }", "service: { loadBalancerSourceRanges: [anywhere] }",
			"topologySpreadConstraints: [{ topologyKey: zone }]", "tls: { certificate: { duration: long } }",
			"httpRoute: { parentRefs: [{ namespace: gateways }] }", "autoscaling: { backlog: { type: Object } }",
			"networkPolicy: { dns: { ports: [] } }", "networkPolicy: { clients: [{ }] }",
			"networkPolicy: { loadBalancers: [{ ipBlock: { cidr: 10.0.0.0/8 }, podSelector: { } }] }",
			"networkPolicy: { clients: [{ ipBlock: { cidr: anywhere } }] }", "extraObjects: [1]",
			"ingress: { hosts: [a.example.com, a.example.com] }", "fullnameOverride: No_Name",
			"security: { accessKeys: { existingSecret: No_Name } }" })
	void refusesWhatKubernetesWouldRefuse(String values) {
		assertThatThrownBy(Chart.minimal().with(values)::template).hasMessageContaining("schema");
	}

	private static List<MetricSpec> scaler(String autoscaling) {
		return Chart.minimal()
			.with("autoscaling: " + autoscaling)
			.with("autoscaling: { enabled: true }")
			.template()
			.the(HorizontalPodAutoscaler.class)
			.getSpec()
			.getMetrics();
	}

}
