package io.profileworkflows.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.github.kagkarlsson.scheduler.Scheduler;
import io.profileworkflows.benchmark.Row.What;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

import org.springframework.boot.SpringBootVersion;

/**
 * Collects the rows of all benchmarks of a run. When the last one has ended, it prints
 * their table and writes it into the paper. Rows that were not measured stay, as long as
 * they come from such a machine and such versions.
 */
public final class Report implements BeforeAllCallback {

	private static final Path PAPER = Path.of("docs", "performance.md");

	private static final String BEGIN = "<!-- Written by ./mvnw verify -Pbenchmark -->";

	private static final String END = "<!-- To here -->";

	private static final List<String> HEAD = List.of("| what | service | against | ratio | goal | holds | on |",
			"|---|---|---|---|---|---|---|");

	private static final Map<What, Row> ROWS = new EnumMap<>(What.class);

	static void add(Row row) {
		ROWS.put(row.what(), row);
		System.out.println(row.line(today()));
	}

	@Override
	public void beforeAll(ExtensionContext context) {
		context.getRoot()
			.getStore(Namespace.create(Report.class))
			.computeIfAbsent(AutoCloseable.class, _ -> (AutoCloseable) Report::publish);
	}

	private static void publish() throws IOException {
		if (ROWS.isEmpty()) {
			return;
		}
		var text = Files.readString(PAPER);
		var begin = text.indexOf(BEGIN);
		var end = text.indexOf(END);
		var before = (begin != -1 && end > begin) ? text.substring(begin + BEGIN.length(), end).lines().toList()
				: List.<String>of();
		var environment = environment();
		var isSame = before.contains(environment);
		var table = table(environment, isSame ? before : List.of());
		System.out.println("\n" + table);
		if (!Rounds.KEPT || begin == -1 || end < begin) {
			System.out.println("This is not written down: "
					+ (!Rounds.KEPT ? "the run was too short" : "%s has no place for it".formatted(PAPER)));
		}
		else if (!isSame && !before.isEmpty() && ROWS.size() < What.values().length && hasRows(before)) {
			System.out.println("This is not written down: other rows of %s come from another machine or other versions"
				.formatted(PAPER));
		}
		else {
			Files.writeString(PAPER, text.substring(0, begin + BEGIN.length()) + "\n" + table + text.substring(end));
		}
	}

	private static boolean hasRows(List<String> lines) {
		return lines.stream().anyMatch(line -> Arrays.stream(What.values()).anyMatch(what -> what.isIn(line)));
	}

	private static String table(String environment, List<String> before) {
		var lines = new ArrayList<>(List.of(environment, ""));
		lines.addAll(HEAD);
		for (var what : What.values()) {
			Optional.ofNullable(ROWS.get(what))
				.map(row -> row.line(today()))
				.or(() -> before.stream().filter(what::isIn).findFirst())
				.ifPresent(lines::add);
		}
		return String.join("\n", lines) + "\n";
	}

	private static String today() {
		return LocalDate.now(ZoneOffset.UTC).toString();
	}

	private static String environment() throws IOException {
		return "%d cores (%s), Java %s, %s, Spring Boot %s, db-scheduler %s.".formatted(
				Runtime.getRuntime().availableProcessors(), processor(), Runtime.version(), DurablePostgres.settings(),
				SpringBootVersion.getVersion(), versionOf(Scheduler.class));
	}

	private static String processor() throws IOException {
		var file = Path.of("/proc/cpuinfo");
		if (!Files.exists(file)) {
			return System.getProperty("os.arch");
		}
		try (var lines = Files.lines(file)) {
			return lines.filter(line -> line.startsWith("model name"))
				.map(line -> line.substring(line.indexOf(':') + 1).strip())
				.findFirst()
				.orElse(System.getProperty("os.arch"));
		}
	}

	/** As its file says, since its manifest does not. */
	private static String versionOf(Class<?> type) {
		var file = Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath()).getFileName().toString();
		return file.replaceAll("^[^0-9]*|\\.jar$", "");
	}

}
