package io.profileworkflows.workflow.web;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

import io.profileworkflows.PostgresTest;
import io.profileworkflows.http.Holds;
import io.profileworkflows.http.Problem;
import io.profileworkflows.operations.web.OperationView;
import io.profileworkflows.operations.web.PreviewView;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.MethodParameter;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * openapi.yaml is written by hand. Here the records are held against it, so that neither
 * changes alone.
 */
@PostgresTest
class OpenApiSchemasTests {

	/** Of operations whose methods do not say in their signature what they answer. */
	private static final Map<String, Map<Integer, Class<?>>> NOT_IN_SIGNATURES = Map.of("CreateIntegrationWorkflow",
			Map.of(200, DryRunView.class, 202, CreatedView.class), "RetryWorkflows",
			Map.of(200, PreviewView.class, 202, OperationView.class), "DeleteWorkflows",
			Map.of(200, PreviewView.class, 202, OperationView.class), "TagWorkflows",
			Map.of(200, PreviewView.class, 202, OperationView.class));

	@Autowired
	MockMvcTester mvc;

	@Autowired
	RequestMappingHandlerMapping requestMappingHandlerMapping;

	private ApiPage page;

	@BeforeEach
	void read() throws Exception {
		page = new ApiPage(mvc.get().uri("/v3/api-docs").exchange().getResponse().getContentAsString());
	}

	@Test
	void areWhatIsRead() {
		var wire = new WireSchema(page.schemas(), true);

		operations().forEach(operation -> holds(operation.method()).ifPresent(type -> page.operation(operation.name())
			.node()
			.at("/requestBody/content")
			.valueStream()
			.forEach(media -> wire.compare(media.path("schema"), type))));

		assertThat(wire.differences()).isEmpty();
		assertThat(wire.compared()).contains("CreateIntegrationWorkflow", "TagResourceRequest");
	}

	@Test
	void areWhatIsAnswered() {
		var wire = new WireSchema(page.schemas(), false);

		operations().forEach(operation -> {
			var answer = recordIn(operation.method().getReturnType().getGenericParameterType());
			answer.ifPresent(type -> wire.compare(answer(operation.name(), firstSuccess(operation.name())), type));
			NOT_IN_SIGNATURES.getOrDefault(operation.name(), Map.of())
				.forEach((status, type) -> wire.compare(answer(operation.name(), status), type));
		});
		wire.compare(page.operation("GetWorkflow").response(404).at("/content/application~1problem+json/schema"),
				Problem.class);

		assertThat(wire.differences()).isEmpty();
		assertThat(wire.compared()).contains("Workflow", "Problem");
	}

	@Test
	void areAllThereAre() {
		var read = new WireSchema(page.schemas(), true);
		var written = new WireSchema(page.schemas(), false);
		operations().forEach(operation -> {
			holds(operation.method()).ifPresent(type -> read.compare(
					page.operation(operation.name()).node().at("/requestBody/content/application~1json/schema"), type));
			recordIn(operation.method().getReturnType().getGenericParameterType())
				.ifPresent(type -> written.compare(answer(operation.name(), firstSuccess(operation.name())), type));
		});
		NOT_IN_SIGNATURES
			.forEach((name, answers) -> answers.forEach((status, type) -> written.compare(answer(name, status), type)));
		var known = new TreeSet<>(read.compared());
		known.addAll(written.compared());
		known.add("Problem");

		assertThat(page.schemas().propertyNames()).containsExactlyInAnyOrderElementsOf(known);
	}

	private Stream<Named> operations() {
		return requestMappingHandlerMapping.getHandlerMethods()
			.entrySet()
			.stream()
			.filter(mapping -> mapping.getKey().getName() != null)
			.map(mapping -> new Named(mapping.getKey().getName(), mapping.getValue()));
	}

	private static Optional<Class<?>> holds(HandlerMethod method) {
		return Arrays.stream(method.getMethodParameters())
			.map((MethodParameter parameter) -> parameter.getParameterAnnotation(Holds.class))
			.filter(Objects::nonNull)
			.<Class<?>>map(Holds::value)
			.findFirst();
	}

	private static Optional<Class<?>> recordIn(Type type) {
		return switch (type) {
			case Class<?> answer when answer.isRecord() -> Optional.of(answer);
			case ParameterizedType wrapped -> recordIn(wrapped.getActualTypeArguments()[0]);
			default -> Optional.empty();
		};
	}

	private int firstSuccess(String operation) {
		return page.operation(operation)
			.node()
			.get("responses")
			.propertyNames()
			.stream()
			.mapToInt(Integer::parseInt)
			.filter(status -> status < 300)
			.min()
			.orElseThrow();
	}

	private JsonNode answer(String operation, int status) {
		return page.operation(operation).response(status).at("/content/application~1json/schema");
	}

	private record Named(String name, HandlerMethod method) {
	}

}
