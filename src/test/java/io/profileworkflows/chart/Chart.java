package io.profileworkflows.chart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import io.profileworkflows.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.util.FileSystemUtils;

/**
 * The chart with some values, in the hands of the real Helm.
 */
record Chart(ObjectNode values, String kubeVersion, String release) {

	static final Path DIRECTORY = Path.of("helm/profile-workflows");

	static final String RELEASE = "acme";

	static final String NAMESPACE = "teams";

	static final String HOOK = "a-hook";

	private static final String EVERYTHING = """
			autoscaling: { enabled: true, targetMemoryUtilizationPercentage: 90, backlog: { type: Pods } }
			service: { type: LoadBalancer, nodePort: 30080, externalTrafficPolicy: Local, loadBalancerSourceRanges: [10.0.0.0/8] }
			httpRoute: { enabled: true, parentRefs: [{ name: public }], hostnames: [workflows.example.com] }
			tls: { certificate: { enabled: true, issuerRef: { name: internal, kind: ClusterIssuer } } }
			migrationJob: { enabled: true }
			deploymentAnnotations: { note: "true" }
			envFrom: [{ secretRef: { name: more } }]
			initContainers: [{ name: proxy, image: "proxy:1.0", restartPolicy: Always }]
			topologySpreadConstraints: [{ maxSkew: 1, topologyKey: rack, whenUnsatisfiable: DoNotSchedule }]
			extraObjects:
			  - apiVersion: v1
			    kind: ConfigMap
			    metadata:
			      name: '{{ .Release.Name }}-more'
			      namespace: '{{ .Release.Namespace }}'
			      labels: { app.kubernetes.io/name: a, app.kubernetes.io/instance: b, app.kubernetes.io/version: "1", helm.sh/chart: c }
			ingress: { enabled: true, className: nginx, hosts: [workflows.example.com], tls: [{ secretName: tls }] }
			serviceMonitor: { enabled: true }
			prometheusRule: { enabled: true }
			grafanaDashboard: { enabled: true }
			image: { pullSecrets: [{ name: registry }] }
			aws: { region: eu-central-1, customerProfilesEndpoint: "https://vpce.example.com" }
			settings: { upstream: { requests-per-second: 10 }, connectors: { allowed: [Salesforce, S3] } }
			extraEnv: [{ name: LOGGING_LEVEL_ROOT, value: warn }]
			extraVolumes: [{ name: ca, configMap: { name: ca } }]
			extraVolumeMounts: [{ name: ca, mountPath: /etc/ca, readOnly: true }]
			podAnnotations: { note: "true" }
			podLabels: { team: crm }
			nodeSelector: { kubernetes.io/arch: amd64 }
			tolerations: [{ key: spot, operator: Exists }]
			affinity: { nodeAffinity: {} }
			priorityClassName: important
			networkPolicy: { database: { to: [{ ipBlock: { cidr: 10.0.0.0/16 } }] }, https: { to: [{ ipBlock: { cidr: 0.0.0.0/0 } }] } }
			logging: { format: logstash }
			telemetry: { otlpEndpoint: "https://collector.example.com", samplingProbability: 1 }
			tests: { tokenSecret: { name: token } }
			""";

	/** Nothing but the chart's own values. */
	static Chart bare() {
		return new Chart(Yaml.object(), "1.33.0", RELEASE);
	}

	/** With the least that has to be said. */
	static Chart minimal() {
		return bare().with(Yaml.read(DIRECTORY.resolve("ci/minimal-values.yaml")));
	}

	static Chart production() {
		return bare().with(Yaml.read(DIRECTORY.resolve("values-production.yaml")));
	}

	static Chart tryOut() {
		return bare().with(Yaml.read(DIRECTORY.resolve("values-tryout.yaml")));
	}

	/** With all parts that can be had together. */
	static Chart withEverything() {
		return minimal().with(EVERYTHING);
	}

	Chart with(String moreValues) {
		return with(Yaml.read(moreValues));
	}

	Chart with(JsonNode moreValues) {
		return new Chart(Yaml.merge(values.deepCopy(), moreValues), kubeVersion, release);
	}

	Chart onKubernetes(String version) {
		return new Chart(values, version, release);
	}

	Chart as(String name) {
		return new Chart(values, kubeVersion, name);
	}

	/**
	 * All manifests, hooks among them: Helm's library leaves hooks out, so that in the
	 * copy which it gets to see they are none.
	 */
	Manifests template() {
		return withCopy(directory -> {
			try (var templates = Files.walk(directory.resolve("templates"))) {
				for (var template : templates.filter(Files::isRegularFile).toList()) {
					Files.writeString(template, Files.readString(template).replace("helm.sh/hook", HOOK));
				}
			}
			return templateOf(directory);
		});
	}

	/**
	 * What Helm tells after an installation; its library renders it only as a manifest.
	 */
	String notes() {
		return withCopy(directory -> {
			var templates = directory.resolve("templates");
			Files.move(templates.resolve("NOTES.txt"), directory.resolve("notes"));
			Files.writeString(templates.resolve("notes.yaml"), """
					kind: Notes
					text: {{ tpl (.Files.Get "notes") . | toJson }}
					""");
			return templateOf(directory).the("Notes").path("text").asString("");
		});
	}

	private Manifests templateOf(Path directory) throws IOException {
		var more = Files.writeString(directory.resolveSibling("values.yaml"), Yaml.write(values));
		return new Manifests(Yaml.readAll(new Helm(directory).template()
			.withName(release)
			.withNamespace(NAMESPACE)
			.withKubeVersion(kubeVersion)
			.withValuesFile(more)
			.call()));
	}

	/** Lints a copy whose own values are these, since Helm's library lints no others. */
	LintResult lint() {
		return withCopy(directory -> {
			var own = (ObjectNode) Yaml.read(DIRECTORY.resolve("values.yaml"));
			Files.writeString(directory.resolve("values.yaml"), Yaml.write(Yaml.merge(own, values)));
			return new Helm(directory).lint().strict().call();
		});
	}

	private static <T> T withCopy(Use<T> use) {
		try {
			var parent = Files.createTempDirectory("chart");
			try {
				// lint compares the directory's name with the chart's
				var directory = parent.resolve(DIRECTORY.getFileName());
				FileSystemUtils.copyRecursively(DIRECTORY, directory);
				return use.of(directory);
			}
			finally {
				FileSystemUtils.deleteRecursively(parent);
			}
		}
		catch (IOException failure) {
			throw new UncheckedIOException(failure);
		}
	}

	private interface Use<T> {

		T of(Path directory) throws IOException;

	}

}
