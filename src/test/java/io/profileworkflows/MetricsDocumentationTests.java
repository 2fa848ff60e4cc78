package io.profileworkflows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.MediaType;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Holds the table of metrics against the running service.
 */
@ServiceTest
class MetricsDocumentationTests {

	private static final Pattern ROW = Pattern.compile("\\| `([a-z.]+)` \\| ((?:`\\w+`(?:, )?)*) ?\\| (.+) \\|");

	/** Begin the names of what Spring Boot and its like measure. */
	private static final Pattern OF_OTHERS = Pattern.compile(
			"(jvm|process|system|http|hikaricp|jdbc|tomcat|logback|application|disk|executor|spring|tasks|otlp|cache)\\..+");

	private static final String ONLY_ONCE_IT_HAPPENS = "there from the first";

	@Autowired
	MeterRegistry meters;

	@Value("${profile-workflows.metrics.max-domains}")
	int maxDomains;

	private final RestClient service;

	MetricsDocumentationTests(@LocalServerPort int port) {
		this.service = RestClient.create("http://localhost:" + port);
	}

	@Test
	void namesEachMetricOfOursWithItsTags() throws IOException {
		var request = SampleRequest.in("documented");
		post(request);
		post(request);
		var documented = documented();

		await().atMost(Duration.ofMinutes(1))
			.untilAsserted(() -> assertThat(measured()).containsAllEntriesOf(always()));
		assertThat(documented).containsAllEntriesOf(measured());
	}

	@Test
	void namesNoMetricThatNobodyMeasures() throws IOException {
		try (var files = Files.walk(Path.of("src/main/java"))) {
			var source = files.filter(Files::isRegularFile)
				.map(MetricsDocumentationTests::read)
				.collect(Collectors.joining());

			assertThat(documented().keySet()).allSatisfy(name -> assertThat(source).contains("\"" + name + "\""));
		}
	}

	@Test
	void countsNoMoreDomainsThanAllowed() {
		for (var number = 0; number < maxDomains + 5; number++) {
			post(SampleRequest.in("crowd-" + number));
		}

		assertThat(ours().filter(meter -> meter.getId().getTag("domain") != null)
			.collect(Collectors.groupingBy(meter -> meter.getId().getName(),
					Collectors.mapping(meter -> meter.getId().getTag("domain"), Collectors.toSet()))))
			.containsKey("workflows.accepted")
			.allSatisfy((_, domains) -> assertThat(domains).hasSizeLessThanOrEqualTo(maxDomains + 1));
		assertThat(meters.get("workflows.accepted").tag("domain", "other").counter().count()).isPositive();
	}

	private void post(SampleRequest request) {
		service.post()
			.uri(request.path())
			.contentType(MediaType.APPLICATION_JSON)
			.body(request.json())
			.retrieve()
			.toBodilessEntity();
	}

	private Map<String, Set<String>> measured() {
		var measured = new TreeMap<String, Set<String>>();
		ours().forEach(meter -> measured.put(meter.getId().getName(),
				meter.getId().getTags().stream().map(Tag::getKey).collect(Collectors.toCollection(TreeSet::new))));
		return measured;
	}

	private Stream<Meter> ours() {
		return meters.getMeters().stream().filter(meter -> !OF_OTHERS.matcher(meter.getId().getName()).matches());
	}

	private static Map<String, Set<String>> always() throws IOException {
		return rows(false);
	}

	private static Map<String, Set<String>> documented() throws IOException {
		return rows(true);
	}

	private static Map<String, Set<String>> rows(boolean all) throws IOException {
		var rows = new TreeMap<String, Set<String>>();
		for (var line : Files.readAllLines(Path.of("docs/observability.md"))) {
			var row = ROW.matcher(line);
			if (row.matches() && (all || !row.group(3).contains(ONLY_ONCE_IT_HAPPENS))) {
				rows.put(row.group(1),
						Pattern.compile("\\w+")
							.matcher(row.group(2))
							.results()
							.map(found -> found.group())
							.collect(Collectors.toCollection(TreeSet::new)));
			}
		}
		return rows;
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException failure) {
			throw new UncheckedIOException(failure);
		}
	}

}
