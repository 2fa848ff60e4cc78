package io.profileworkflows.security;

import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

import io.profileworkflows.integration.Checked;
import io.profileworkflows.integration.CreateIntegrationWorkflow;
import io.profileworkflows.integration.Violation;
import io.profileworkflows.security.SecuritySettings.Allowed;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * The roles, keys and connector profiles that a domain may use. The service's own rights
 * at AWS are those of all domains together; these rules keep a domain from using another
 * domain's rights.
 */
@Component
public class ResourceRules {

	private static final String FLOW = "/IntegrationConfig/AppflowIntegration/FlowDefinition";

	private static final List<Kind> KINDS = List.of(
			new Kind("/RoleArn", Allowed::roles, CreateIntegrationWorkflow::roleArn),
			new Kind(FLOW + "/KmsArn", Allowed::kmsKeys, request -> request.flowDefinition().kmsArn()),
			new Kind(FLOW + "/SourceFlowConfig/ConnectorProfileName", Allowed::connectorProfiles,
					CreateIntegrationWorkflow::connectorProfileName));

	private final List<Allowed> allowed;

	ResourceRules(SecuritySettings settings) {
		this.allowed = settings.allowed();
	}

	/**
	 * @throws ResourceNotAllowed when the request names what its domain may not use
	 */
	public void require(CreateIntegrationWorkflow request) {
		var violations = violations(request);
		if (!violations.isEmpty()) {
			throw new ResourceNotAllowed(request.domainName(), violations);
		}
	}

	/** Adds what the domain may not use to what else was found. */
	public Checked<CreateIntegrationWorkflow> check(Checked<CreateIntegrationWorkflow> checked) {
		var request = checked.value();
		var violations = (request != null) ? violations(request) : List.<Violation>of();
		return violations.isEmpty() ? checked : new Checked<>(null, violations, checked.warnings());
	}

	private List<Violation> violations(CreateIntegrationWorkflow request) {
		return KINDS.stream().flatMap(kind -> violation(kind, request)).toList();
	}

	private Stream<Violation> violation(Kind kind, CreateIntegrationWorkflow request) {
		var name = kind.name().apply(request);
		if (name == null || allowed.stream().allMatch(entry -> kind.patterns().apply(entry).isEmpty())) {
			return Stream.empty();
		}
		var mayUse = allowed.stream()
			.filter(entry -> Wildcards.of(entry.domains()).include(request.domainName()))
			.anyMatch(entry -> Wildcards.of(kind.patterns().apply(entry)).include(name));
		return mayUse ? Stream.empty() : Stream.of(new Violation(kind.pointer(),
				"must be one that domain %s may use, which operators configure".formatted(request.domainName())));
	}

	/**
	 * A kind of thing at AWS that a request names.
	 */
	private record Kind(String pointer, Function<Allowed, Set<String>> patterns,
			Function<CreateIntegrationWorkflow, @Nullable String> name) {
	}

}
