package io.profileworkflows.workflow.web;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;

import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.Paths;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import io.swagger.v3.oas.models.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.GlobalOperationComponentsCustomizer;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.utils.SpringDocUtils;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpHeaders;

/**
 * The API's page: what no signature says, and what springdoc needs to be told.
 */
@Configuration(proxyBeanMethods = false)
class OpenApiDescription {

	static final String WORKFLOWS = "Workflows";

	static final String TAGS = "Tags";

	static final String SEARCH = "Search";

	static final String OPERATORS = "Operators";

	private static final String BEARER = "bearer";

	private static final String SIGNATURE = "sigv4";

	private static final Pattern VARIABLE = Pattern.compile("\\{(\\w+)}");

	/** What everything begins with comes first. */
	private static final Comparator<String> CREATE_FIRST = Comparator
		.comparing((String path) -> !path.endsWith("/integrations"))
		.thenComparing(Comparator.naturalOrder());

	private final OpenApiTexts texts;

	private final boolean callersSayWhoTheyAre;

	OpenApiDescription(OpenApiTexts texts, Environment environment) {
		this.texts = texts;
		this.callersSayWhoTheyAre = environment.getProperty("profile-workflows.security.enabled", Boolean.class, true);
		SpringDocUtils.getConfig().addRequestWrapperToIgnore(RequestDocument.class);
	}

	@Bean
	OpenAPI openApi() {
		return new OpenAPI().info(new Info().title("Profile Workflows").version("1").description(texts.introduction()))
			.addServersItem(new Server().url("/").description("This service"))
			.tags(List.of(tag(WORKFLOWS, "Amazon Connect Customer Profiles' own operations on workflows, and more"),
					tag(TAGS, "Customer Profiles' own operations on tags, for workflows"),
					tag(SEARCH, "What AWS does not have: workflows across domains"),
					tag(OPERATORS, "What a person decides where the service cannot, each with a reason that is kept")));
	}

	@Bean
	GlobalOperationComponentsCustomizer openApiOperations() {
		return new OpenApiOperations(texts, callersSayWhoTheyAre);
	}

	@Bean
	OpenApiCustomizer openApiCommons() {
		return api -> {
			var components = api.getComponents();
			ModelConverters.getInstance(true)
				.resolveAsResolvedSchema(new AnnotatedType(Problem.class)).referencedSchemas
				.forEach(components::addSchemas);
			components.parameters(new TreeMap<>(new OpenApiParameters(texts).all()));
			components.responses(new OpenApiResponses(texts).all());
			components.headers(new TreeMap<>(OpenApiResponses.headers()));
			components.schemas(new TreeMap<>(components.getSchemas()));
			refuseUnknownMembers(api);
			domainIsInThePath(components);
			api.paths(sorted(api.getPaths()));
			if (callersSayWhoTheyAre) {
				components.addSecuritySchemes(BEARER, bearer()).addSecuritySchemes(SIGNATURE, signature());
				api.addSecurityItem(new SecurityRequirement().addList(BEARER))
					.addSecurityItem(new SecurityRequirement().addList(SIGNATURE));
			}
		};
	}

	private static SecurityScheme bearer() {
		return new SecurityScheme().type(SecurityScheme.Type.HTTP)
			.scheme("bearer")
			.bearerFormat("JWT")
			.description("A token of the identity provider that this service trusts.");
	}

	/** As AWS describes it for its API Gateway: OpenAPI itself has no word for it. */
	private static SecurityScheme signature() {
		var scheme = new SecurityScheme().type(SecurityScheme.Type.APIKEY)
			.in(SecurityScheme.In.HEADER)
			.name(HttpHeaders.AUTHORIZATION)
			.description(
					"AWS Signature Version 4, as the AWS CLI and SDKs make it, with an access key of this service: "
							+ "for service `profile` and this service's Region, in the header, with the body signed.");
		scheme.addExtension("x-amazon-apigateway-authtype", "awsSigv4");
		return scheme;
	}

	/** In requests, that is: answers may get more members in later versions. */
	private static void refuseUnknownMembers(OpenAPI api) {
		api.getPaths()
			.values()
			.stream()
			.flatMap(path -> path.readOperations().stream())
			.map(Operation::getRequestBody)
			.filter(Objects::nonNull)
			.flatMap(body -> body.getContent().values().stream())
			.forEach(media -> refuseUnknownMembers(media.getSchema(), api.getComponents()));
	}

	private static void refuseUnknownMembers(@Nullable Schema<?> schema, Components components) {
		if (schema == null) {
			return;
		}
		if (schema.get$ref() != null) {
			refuseUnknownMembers(
					components.getSchemas().get(schema.get$ref().substring(Components.COMPONENTS_SCHEMAS_REF.length())),
					components);
		}
		refuseUnknownMembers(schema.getItems(), components);
		if (schema.getProperties() != null && schema.getAdditionalProperties() == null) {
			schema.setAdditionalProperties(false);
			schema.getProperties().values().forEach(member -> refuseUnknownMembers(member, components));
		}
	}

	private static void domainIsInThePath(Components components) {
		var schema = Objects.requireNonNull(components.getSchemas().get("CreateIntegrationWorkflow"));
		schema.getRequired().remove("DomainName");
	}

	private static Paths sorted(Paths paths) {
		var sorted = new Paths();
		paths.keySet()
			.stream()
			.sorted(CREATE_FIRST)
			.forEach(path -> sorted.addPathItem(
					VARIABLE.matcher(path)
						.replaceAll(variable -> "{" + OpenApiParameters.wireNameOf(variable.group(1)) + "}"),
					paths.get(path)));
		return sorted;
	}

	private static Tag tag(String name, String description) {
		return new Tag().name(name).description(description);
	}

}
