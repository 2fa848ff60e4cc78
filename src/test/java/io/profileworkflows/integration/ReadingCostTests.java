package io.profileworkflows.integration;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.profileworkflows.OnTheSide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * What it costs a processor to read a document, whatever is in it. Time on the processor
 * is counted, since the machine of a test may be busy.
 */
@OnTheSide
class ReadingCostTests {

	/** Several times what it is on a slow machine; what was mended took many seconds. */
	private static final Duration MOST = Duration.ofSeconds(3);

	private static final DocumentReader reader = Readers.allowingAllConnectors();

	@ParameterizedTest(name = "{0}")
	@MethodSource("documents")
	void isBounded(String name, DocumentFormat format, String document) {
		var body = document.getBytes(StandardCharsets.UTF_8);
		var processors = ManagementFactory.getThreadMXBean();
		var begin = processors.getCurrentThreadCpuTime();

		var checked = reader.readRequest(body, format, "retail");

		assertThat(Duration.ofNanos(processors.getCurrentThreadCpuTime() - begin)).isLessThan(MOST);
		assertThat(checked.violations()).isNotEmpty().hasSizeLessThanOrEqualTo(1001);
	}

	static Stream<Arguments> documents() {
		return Stream.concat(json(), yaml());
	}

	private static Stream<Arguments> json() {
		var batches = "{\"IntegrationConfig\":{\"AppflowIntegration\":{\"Batches\":[%s]}}}";
		var tasks = "{\"IntegrationConfig\":{\"AppflowIntegration\":{\"FlowDefinition\":{"
				+ "\"SourceFlowConfig\":{\"ConnectorType\":\"Salesforce\"},\"Tasks\":[%s]}}}}";
		var operators = "{\"ConnectorOperator\":{\"S3\":\"ADDITION\",\"Zendesk\":\"NO_OP\",\"Marketo\":\"BETWEEN\"}}";
		var unknown = IntStream.range(0, 17_000)
			.mapToObj("\"ObjectTypeNameDomainNameIntegrationConfigRoleArn%d\":1"::formatted)
			.collect(joining(",", "{", "}"));
		return Stream
			.of(arguments("batches in disorder", batches.formatted(many("{\"StartTime\":2,\"EndTime\":1}", 6_600))),
					arguments("operators of other connectors", tasks.formatted(many(operators, 3_900))),
					arguments("empty tasks", tasks.formatted(many("{}", 19_900))),
					arguments("tasks with unknown members", tasks.formatted(many("{\"a\":1}", 9_900))),
					arguments("unknown members", unknown),
					arguments("a long schedule",
							"{\"IntegrationConfig\":{\"AppflowIntegration\":{\"FlowDefinition\":{\"TriggerConfig\":{"
									+ "\"TriggerProperties\":{\"Scheduled\":{\"ScheduleExpression\":\"cron(%s\"}}}}}}}"
										.formatted("a ".repeat(500_000))))
			.map(shape -> arguments("JSON: " + shape.get()[0], DocumentFormat.JSON, shape.get()[1]));
	}

	/** Each as long as a document in YAML may be. */
	private static Stream<Arguments> yaml() {
		return Stream
			.of("#", "# \n", "- ", "- - ", "[", "{a: b,", "? ", "\"\\n", "|\n a\n", "x\n", "a:\n ", "'a': ",
					"\uD83D\uDE00")
			.map(part -> arguments("YAML: " + part.replace("\n", "\\n"), DocumentFormat.YAML,
					part.repeat((1 << 18) / part.getBytes(StandardCharsets.UTF_8).length)));
	}

	private static String many(String element, int number) {
		return Stream.generate(() -> element).limit(number).collect(joining(","));
	}

}
