package io.profileworkflows.chart;

import java.nio.file.Path;
import java.time.Duration;

import io.profileworkflows.OnTheSide;
import io.profileworkflows.Yaml;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.convert.DurationStyle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Values with which the service could not work are refused before anything is installed,
 * with a sentence that says what to do.
 */
@OnTheSide
class ChartRefusalsTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					aws: { region: "" }                            | aws.region is missing
					fullnameOverride: ""                           |
					serviceAccount: { create: false, annotations: { a: b } } | serviceAccount.annotations would have no effect
					serviceAccount: { create: false, name: theirs } |
					database: { url: "" }                          | database.url is missing
					database: { existingSecret: "" }               | database.existingSecret is missing
					security: { jwt: { issuerUri: "" } }           | no way to authenticate callers is configured
					security: { jwt: { issuerUri: "", audiences: [a] }, accessKeys: { existingSecret: keys } } | security.jwt.audiences has no effect alone
					security: { jwt: { audiences: [a] } }          |
					security: { jwt: { issuerUri: "" }, accessKeys: { existingSecret: keys }, signIn: { clientId: page } } | security.signIn.clientId needs an issuer
					security: { signIn: { existingSecret: page } } | security.signIn.existingSecret has no effect alone
					security: { signIn: { clientId: page } }       |
					tls: { certificate: { enabled: true } }        | tls.certificate.issuerRef is missing
					tls: { existingSecret: own, certificate: { enabled: true, issuerRef: { name: ca } } } | choose one
					service: { nodePort: 30080 }                   | service.nodePort needs service.type NodePort or LoadBalancer
					service: { externalTrafficPolicy: Local }      | service.externalTrafficPolicy needs service.type
					service: { type: NodePort, externalTrafficPolicy: Local, nodePort: 30080 } |
					service: { type: NodePort, loadBalancerSourceRanges: [10.0.0.0/8] } | service.loadBalancerSourceRanges needs service.type LoadBalancer
					service: { loadBalancerClass: service.k8s.aws/nlb } | service.loadBalancerClass needs service.type LoadBalancer
					ingress: { enabled: true }                     | ingress.hosts is empty
					httpRoute: { enabled: true }                   | httpRoute.parentRefs is empty
					""")
	void namesWhatIsMissingOrOfNoUse(String values, String message) {
		expect(Chart.minimal().with(values), message);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					outbox: { lease: 40s }                         | settings.outbox.lease is 40s and must be longer than settings.upstream.call-timeout (30s) and 10 seconds
					outbox: { lease: 40001ms }                     |
					upstream: { call-timeout: 50s }                | settings.outbox.lease is 60s and must be longer
					upstream: { call-timeout: 2m }, outbox: { lease: 3m } |
					upstream: { call-timeout: 50ms }               | settings.upstream.call-timeout is 50ms, and the service needs at least 100ms
					upstream: { circuit-open-for: 0s }             | settings.upstream.circuit-open-for
					outbox: { poll-interval: 0ms }                 | settings.outbox.poll-interval
					outbox: { first-retry-after: 0s }              | settings.outbox.first-retry-after
					outbox: { shutdown-grace: 46s }                | settings.outbox.shutdown-grace is 46s, but a stop gives work in flight only shutdown.drainSeconds (45)
					outbox: { shutdown-grace: 45s }                |
					retention: { finished-workflows: 6d }          | settings.retention.finished-workflows is 6d, and the service needs at least 7d
					retention: { finished-workflows: 200d }        | settings.retention.history is 180d and must be at least as long
					retention: { history: 30d }                    | settings.retention.history is 30d and must be at least as long
					retention: { finished-workflows: 7d, history: 168h } |
					watching: { heartbeat: 1ms }                   | settings.watching.heartbeat
					preflight: { time-limit: 2m }                  | settings.preflight.time-limit is 2m, and the service allows at most 60s
					preflight: { time-limit: 10ms }                | settings.preflight.time-limit is 10ms
					limits: { body-time: 5ms }                     | settings.limits.body-time
					connectors: { allowed: [] }                    | allowed
					""")
	void refusesSettingsThatTheServiceWouldRefuse(String settings, String message) {
		expect(Chart.minimal().with("settings: { " + settings + " }"), message);
	}

	/** Those that nobody set count, too. */
	@Test
	void knowsWhatTheServiceHasByDefault() {
		var service = Yaml.read(Path.of("src/main/resources/application.yaml")).path("profile-workflows");
		var timeout = duration(service.at("/upstream/call-timeout").asString(""));
		var lease = duration(service.at("/outbox/lease").asString(""));
		var history = duration(service.at("/retention/history").asString(""));
		var finished = duration(service.at("/retention/finished-workflows").asString(""));

		expectBorder("outbox: { lease: %dms }", timeout.plusSeconds(10), Duration.ofMillis(1));
		expectBorder("upstream: { call-timeout: %dms }", lease.minusSeconds(10), Duration.ofMillis(-1));
		expectBorder("retention: { finished-workflows: %dms }", history.plusMillis(1), Duration.ofMillis(-1));
		expectBorder("retention: { history: %dms }", finished.minusMillis(1), Duration.ofMillis(1));
	}

	private static void expectBorder(String settings, Duration refused, Duration step) {
		expect(Chart.minimal().with("settings: { " + settings.formatted(refused.toMillis()) + " }"), "must be");
		expect(Chart.minimal().with("settings: { " + settings.formatted(refused.plus(step).toMillis()) + " }"), null);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					resources: { limits: { memory: 64Mi }, requests: { memory: 64Mi } } | resources.limits.memory is 64Mi: the service needs at least 448Mi
					resources: { limits: { memory: 200000000 }, requests: { memory: 1k } } | the service needs at least 448Mi
					resources: { limits: { memory: 0.4Gi }, requests: { memory: 1k } } | resources.limits.memory is 0.4Gi
					resources: { limits: { memory: 500M } }        | resources.requests.memory is 512Mi and more than resources.limits.memory, 500M
					resources: { limits: { memory: 536870912 } }   |
					resources: { limits: { memory: 1Gi, cpu: 200m } } | resources.requests.cpu is 250m and more than resources.limits.cpu, 200m
					resources: { limits: { memory: 1Gi, cpu: "1" } } |
					resources: { limits: { memory: null }, requests: { memory: null } } |
					javaOptions: -XX:MaxRAMPercentage=75           | javaOptions give the heap 384Mi of resources.limits.memory, 512Mi
					{ javaOptions: "-XX:MaxRAMPercentage=75", resources: { limits: { memory: 1Gi } } } |
					javaOptions: -Xmx512m                          | javaOptions give the heap 512Mi
					javaOptions: -Xms64m -Xmx320M                  |
					{ javaOptions: -Xmx1g, resources: { limits: { memory: 1Gi } } } | javaOptions give the heap 1024Mi
					javaOptions: ""                                |
					""")
	void refusesResourcesInWhichTheServiceWouldNotFit(String values, String message) {
		expect(Chart.minimal().with(values), message);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					podLabels: { app.kubernetes.io/name: other }   | podLabels has app.kubernetes.io/name, which the chart sets itself
					podLabels: { app.kubernetes.io/instance: other } | podLabels has app.kubernetes.io/instance
					podLabels: { helm.sh/chart: other }            | podLabels has helm.sh/chart
					podLabels: { app.kubernetes.io/part-of: crm }  |
					serviceMonitor: { labels: { app.kubernetes.io/name: other } } | serviceMonitor.labels has app.kubernetes.io/name
					prometheusRule: { labels: { app.kubernetes.io/version: "1" } } | prometheusRule.labels has app.kubernetes.io/version
					grafanaDashboard: { labels: { app.kubernetes.io/managed-by: me } } | grafanaDashboard.labels has
					podAnnotations: { checksum/config: "1" }       | podAnnotations has checksum/config
					extraEnv: [{ name: SERVER_PORT, value: "80" }] | extraEnv has SERVER_PORT, which the chart sets itself: use service.port
					extraEnv: [{ name: AWS_REGION, value: eu-west-1 }] | use aws.region
					extraEnv: [{ name: SPRING_DATASOURCE_PASSWORD, value: x }] | use database.existingSecret
					extraEnv: [{ name: JDK_JAVA_OPTIONS, value: -Xmx1g }] | use javaOptions
					{ javaOptions: "", extraEnv: [{ name: JDK_JAVA_OPTIONS, value: -Xmx1g }] } |
					{ telemetry: { otlpEndpoint: "http://c:4318" }, extraEnv: [{ name: POD_NAME, value: x }] } | use another name
					extraEnv: [{ name: A, value: x }, { name: A, value: y }] | extraEnv has A twice
					extraVolumes: [{ name: tmp, emptyDir: { } }]   | extraVolumes has tmp, which exists already
					extraVolumes: [{ name: ca, emptyDir: { } }, { name: ca, emptyDir: { } }] | extraVolumes has ca
					extraVolumeMounts: [{ name: ca, mountPath: /ca }] | extraVolumeMounts mounts ca, which is not in extraVolumes
					{ extraVolumes: [{ name: ca, emptyDir: { } }], extraVolumeMounts: [{ name: ca, mountPath: /tmp }] } | at /tmp, where another one is mounted
					initContainers: [{ name: profile-workflows, image: a }] | there is a container of that name
					""")
	void refusesWhatIsThereTwice(String values, String message) {
		expect(Chart.minimal().with(values), message);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					autoscaling: { enabled: true, minReplicas: 9 } | autoscaling.minReplicas is more than
					autoscaling: { enabled: true, targetCPUUtilizationPercentage: 0 } | autoscaling has no metric
					autoscaling: { enabled: true, targetCPUUtilizationPercentage: 0, backlog: { type: Pods } } |
					{ autoscaling: { enabled: true }, resources: { requests: { cpu: null } } } | resources.requests.cpu is missing
					{ autoscaling: { enabled: true, targetMemoryUtilizationPercentage: 80 }, resources: { requests: { memory: null } } } | resources.requests.memory is missing
					keda: { enabled: true }                        | keda.prometheusAddress is missing
					keda: { enabled: true, prometheusAddress: "http://p" } | keda.enabled needs metrics with the labels of a ServiceMonitor
					keda: { enabled: true, prometheusAddress: "http://p", query: max(outbox_oldest_age_seconds) } |
					{ autoscaling: { enabled: true }, keda: { enabled: true, prometheusAddress: "http://p" } } | choose one
					rollout: { maxSurge: 0 }                       | an update could never begin
					rollout: { maxSurge: 0%, maxUnavailable: 0% }  | an update could never begin
					rollout: { maxSurge: 25% }                     |
					rollout: { maxSurge: 0, maxUnavailable: 25% }  |
					podDisruptionBudget: { maxUnavailable: 0 }     | a node with a pod could never be drained
					podDisruptionBudget: { maxUnavailable: 0% }    | a node with a pod could never be drained
					podDisruptionBudget: { maxUnavailable: 50% }   |
					serviceMonitor: { enabled: true, interval: 5s } | serviceMonitor.scrapeTimeout is 10s and longer than serviceMonitor.interval, 5s
					serviceMonitor: { enabled: true, interval: 1m } |
					""")
	void refusesNumbersOfPodsThatNobodyCouldReach(String values, String message) {
		expect(Chart.minimal().with(values), message);
	}

	@ParameterizedTest
	@ValueSource(strings = { "9lives", "a.b" })
	void refusesNamesThatNoServiceCanHave(String release) {
		expect(Chart.minimal().as(release), "cannot be the name of a Service");
		expect(Chart.minimal().as(release).with("fullnameOverride: workflows"), null);
	}

	private static void expect(Chart chart, String message) {
		if (message == null) {
			assertThat(chart.template().kinds()).contains("Deployment");
		}
		else {
			assertThatThrownBy(chart::template).hasMessageContaining(message);
		}
	}

	private static Duration duration(String text) {
		return DurationStyle.detectAndParse(text);
	}

}
