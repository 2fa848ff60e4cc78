package io.profileworkflows.chart;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicySpec;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.profileworkflows.Yaml;
import tools.jackson.databind.JsonNode;

import static java.util.Map.entry;

/**
 * What Helm made of the chart.
 */
record Manifests(List<JsonNode> documents) {

	/** Fabric8's types take unknown members into a map; here there are none. */
	private static final ObjectMapper STRICT = JsonMapper.builder()
		.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
		.annotationIntrospector(new JacksonAnnotationIntrospector() {
			@Override
			public Boolean hasAnySetter(Annotated annotated) {
				return false;
			}
		})
		.build();

	private static final Map<String, Class<? extends HasMetadata>> KUBERNETES_OWN = Map.ofEntries(
			entry("v1/ConfigMap", ConfigMap.class), entry("v1/Secret", Secret.class),
			entry("v1/Service", Service.class), entry("v1/ServiceAccount", ServiceAccount.class),
			entry("v1/Pod", Pod.class), entry("apps/v1/Deployment", Deployment.class), entry("batch/v1/Job", Job.class),
			entry("autoscaling/v2/HorizontalPodAutoscaler", HorizontalPodAutoscaler.class),
			entry("policy/v1/PodDisruptionBudget", PodDisruptionBudget.class),
			entry("networking.k8s.io/v1/NetworkPolicy", NetworkPolicy.class),
			entry("networking.k8s.io/v1/Ingress", Ingress.class),
			entry("gateway.networking.k8s.io/v1/HTTPRoute", HTTPRoute.class));

	/** What operators add to Kubernetes. */
	static final List<String> ADDED = List.of("monitoring.coreos.com/v1/ServiceMonitor",
			"monitoring.coreos.com/v1/PrometheusRule", "keda.sh/v1alpha1/ScaledObject",
			"cert-manager.io/v1/Certificate");

	static String kind(JsonNode document) {
		return document.path("apiVersion").asString("") + "/" + document.path("kind").asString("");
	}

	List<String> kinds() {
		return documents.stream().map(document -> document.path("kind").asString("")).toList();
	}

	List<HasMetadata> parseAll() {
		return documents.stream()
			.filter(Predicate.not(document -> ADDED.contains(kind(document))))
			.map(Manifests::parse)
			.toList();
	}

	/** Of the first of this type. */
	<T extends HasMetadata> T the(Class<T> type) {
		return parseAll().stream().filter(type::isInstance).map(type::cast).findFirst().orElseThrow();
	}

	<T extends HasMetadata> T the(Class<T> type, String name) {
		return parseAll().stream()
			.filter(type::isInstance)
			.filter(resource -> resource.getMetadata().getName().equals(name))
			.map(type::cast)
			.findFirst()
			.orElseThrow();
	}

	PodSpec pod() {
		return deployment().getSpec().getTemplate().getSpec();
	}

	/** The service's, and none of what belongs to it. */
	Deployment deployment() {
		return parseAll().stream()
			.filter(Deployment.class::isInstance)
			.map(Deployment.class::cast)
			.filter(deployment -> deployment.getMetadata().getName().endsWith("-profile-workflows"))
			.findFirst()
			.orElseThrow();
	}

	Container container() {
		return pod().getContainers().getFirst();
	}

	NetworkPolicySpec policy() {
		return the(NetworkPolicy.class).getSpec();
	}

	/** What the service reads at its start. */
	JsonNode configuration() {
		var name = deployment().getMetadata().getName();
		return Yaml.read(the(ConfigMap.class, name).getData().get("application.yaml"));
	}

	JsonNode the(String kind) {
		return documents.stream()
			.filter(document -> document.path("kind").asString("").equals(kind))
			.findFirst()
			.orElseThrow();
	}

	private static HasMetadata parse(JsonNode document) {
		var type = KUBERNETES_OWN.get(kind(document));
		if (type == null) {
			throw new IllegalArgumentException("Nobody knows " + kind(document));
		}
		try {
			return STRICT.readValue(document.toString(), type);
		}
		catch (JsonProcessingException failure) {
			throw new IllegalArgumentException(kind(document) + ": " + failure.getMessage(), failure);
		}
	}

}
