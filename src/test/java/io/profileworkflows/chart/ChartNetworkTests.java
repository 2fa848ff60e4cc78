package io.profileworkflows.chart;

import java.util.List;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import io.profileworkflows.OnTheSide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the chart opens is enough for what it offers, and no more.
 */
@OnTheSide
class ChartNetworkTests {

	private static final String LOAD_BALANCERS = "networkPolicy: { loadBalancers: [{ ipBlock: { cidr: 10.1.0.0/16 } }] }";

	@ParameterizedTest
	@ValueSource(strings = { "service: { type: LoadBalancer }", "service: { type: NodePort }",
			"ingress: { enabled: true, className: alb, hosts: [a.example.com] }",
			"ingress: { enabled: true, className: gce, hosts: [a.example.com] }",
			"""
					ingress:
					  { enabled: true, hosts: [a.example.com], annotations: { alb.ingress.kubernetes.io/target-type: ip } }
					""" })
	void letsInWhatComesFromNodesAndLoadBalancers(String exposed) {
		var chart = Chart.minimal().with(exposed);

		assertThat(addresses(chart)).containsExactly("0.0.0.0/0", "::/0");
		assertThat(chart.notes()).contains("the NetworkPolicy lets every address reach", "/readyz");
		assertThat(addresses(chart.with(LOAD_BALANCERS))).containsExactly("10.1.0.0/16");
		assertThat(chart.with(LOAD_BALANCERS).notes()).doesNotContain("every address").contains("/readyz");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{ }", "ingress: { enabled: true, className: nginx, hosts: [a.example.com] }",
			"httpRoute: { enabled: true, parentRefs: [{ name: public }] }" })
	void letsInOnlyPodsWhereRequestsComeFromPods(String exposed) {
		var chart = Chart.minimal().with(exposed);

		assertThat(addresses(chart)).isEmpty();
		assertThat(chart.notes()).doesNotContain("every address");
		assertThat(addresses(chart.with(LOAD_BALANCERS))).containsExactly("10.1.0.0/16");
	}

	@Test
	void neverLetsAddressesReadHealthAndMetrics() {
		var policy = Chart.minimal().with("service: { type: LoadBalancer }").template().policy();

		assertThat(policy.getIngress()).filteredOn(rule -> port(rule).equals("management"))
			.isNotEmpty()
			.flatExtracting(NetworkPolicyIngressRule::getFrom)
			.allSatisfy(peer -> assertThat(peer.getIpBlock()).isNull());
	}

	@Test
	void looksNamesUpWhereTheClusterHasItsDns() {
		var usual = dns(Chart.minimal(), 53);
		var openshift = dns(Chart.minimal().with("""
				networkPolicy:
				  dns:
				    ports: [5353]
				    to: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: openshift-dns } } }]
				"""), 5353);
		var anywhere = dns(Chart.minimal().with("networkPolicy: { dns: { to: [] } }"), 53);

		assertThat(List.of(usual, openshift, anywhere))
			.allSatisfy(rule -> assertThat(rule.getPorts()).extracting(NetworkPolicyPort::getProtocol)
				.containsExactly("UDP", "TCP"));
		assertThat(usual.getTo().getFirst().getNamespaceSelector().getMatchLabels()).containsValue("kube-system");
		assertThat(usual.getTo().get(1).getIpBlock().getCidr()).as("NodeLocal DNSCache").isEqualTo("169.254.20.10/32");
		assertThat(openshift.getTo()).singleElement()
			.satisfies(peer -> assertThat(peer.getNamespaceSelector().getMatchLabels()).containsValue("openshift-dns"));
		assertThat(anywhere.getTo()).isEmpty();
		assertThat(Chart.minimal().notes()).contains("port 53 of networkPolicy.dns.to", "/etc/resolv.conf");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					database: { url: "jdbc:postgresql://db/workflows" }                | 5432
					database: { url: "jdbc:postgresql://db:6432/workflows?a=b:7" }     | 6432
					database: { url: "jdbc:postgresql://a:5433,b,[::1]:5434/workflows" } | 5433 5432 5434
					{ database: { url: "jdbc:postgresql://db:6432/workflows" }, networkPolicy: { database: { port: 5000 } } } | 5000
					""")
	void reachesTheDatabaseOnThePortsOfItsAddress(String values, String ports) {
		var chart = Chart.minimal()
			.with(values)
			.with("networkPolicy: { database: { to: [{ ipBlock: { cidr: 10.9.0.0/16 } }] } }");

		var rules = chart.template().policy().getEgress();
		assertThat(rules).filteredOn(rule -> rule.getTo().toString().contains("10.9.0.0/16"))
			.singleElement()
			.satisfies(rule -> assertThat(rule.getPorts()).extracting(port -> port.getPort().getIntVal().toString())
				.containsExactly(ports.split(" ")));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			{ }                                                              | 443
			aws: { customerProfilesEndpoint: "http://simulator:8090" }       | 443 8090
			security: { jwt: { issuerUri: "http://login.teams:8080/realm" } } | 443 8080
			security: { jwt: { jwkSetUri: "http://login.teams/keys" } }      | 443 80
			security: { enabled: false, jwt: { issuerUri: "http://login.teams:8080/realm" } } | 443
			networkPolicy: { https: { ports: [8443] } }                      | 8443 443
			""")
	void reachesWhateverElseIsConfigured(String values, String ports) {
		var chart = Chart.minimal()
			.with(values)
			.with("networkPolicy: { https: { to: [{ ipBlock: { cidr: 10.9.0.0/16 } }] } }");

		assertThat(chart.template().policy().getEgress())
			.filteredOn(rule -> rule.getTo().toString().contains("10.9.0.0/16"))
			.singleElement()
			.satisfies(rule -> assertThat(rule.getPorts()).extracting(port -> port.getPort().getIntVal().toString())
				.containsExactly(ports.split(" ")));
	}

	@Test
	void routesTheApiAloneThroughAGateway() {
		var route = Chart.minimal().with("""
				service: { port: 8000 }
				httpRoute:
				  enabled: true
				  annotations: { note: "true" }
				  parentRefs: [{ name: public, namespace: gateways, sectionName: https }]
				  hostnames: [workflows.example.com]
				  timeouts: { request: 3600s }
				  filters: [{ type: ResponseHeaderModifier, responseHeaderModifier: { remove: [server] } }]
				""").template().the(HTTPRoute.class);

		assertThat(route.getMetadata().getAnnotations()).containsEntry("note", "true");
		assertThat(route.getSpec().getParentRefs()).singleElement()
			.satisfies(parent -> assertThat(List.of(parent.getName(), parent.getNamespace(), parent.getSectionName()))
				.containsExactly("public", "gateways", "https"));
		assertThat(route.getSpec().getHostnames()).containsExactly("workflows.example.com");
		assertThat(route.getSpec().getRules()).singleElement().satisfies(rule -> {
			assertThat(rule.getBackendRefs()).singleElement().satisfies(backend -> {
				assertThat(backend.getName()).isEqualTo("acme-profile-workflows");
				assertThat(backend.getPort()).isEqualTo(8000);
			});
			assertThat(rule.getTimeouts().getRequest()).isEqualTo("3600s");
			assertThat(rule.getFilters()).hasSize(1);
		});
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					{ }                                                              | port-forward service/acme-profile-workflows 8080:80
					service: { type: LoadBalancer }                                  | http://<address>:80, when the load balancer has its address
					{ service: { type: LoadBalancer, port: 443 }, tls: { existingSecret: own } } | https://<address>:443
					service: { type: NodePort }                                      | http://<address of a node>:<port>
					ingress: { enabled: true, hosts: [a.example.com] }               | are at http://a.example.com
					httpRoute: { enabled: true, parentRefs: [{ name: public }], hostnames: [a.example.com] } | a.example.com, through the Gateway public
					httpRoute: { enabled: true, parentRefs: [{ name: public }] }     | If the Gateway is not a pod of this cluster
					""")
	void saysWhereTheApiIs(String values, String told) {
		assertThat(Chart.minimal().with(values).notes()).contains(told);
	}

	private static List<String> addresses(Chart chart) {
		return chart.template()
			.policy()
			.getIngress()
			.stream()
			.filter(rule -> port(rule).equals("http"))
			.flatMap(rule -> rule.getFrom().stream())
			.filter(peer -> peer.getIpBlock() != null)
			.map(peer -> peer.getIpBlock().getCidr())
			.toList();
	}

	private static NetworkPolicyEgressRule dns(Chart chart, int port) {
		return chart.template()
			.policy()
			.getEgress()
			.stream()
			.filter(rule -> rule.getPorts().getFirst().getPort().getIntVal() == port)
			.findFirst()
			.orElseThrow();
	}

	private static String port(NetworkPolicyIngressRule rule) {
		return rule.getPorts().getFirst().getPort().getStrVal();
	}

}
