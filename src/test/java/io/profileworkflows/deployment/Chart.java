package io.profileworkflows.deployment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The chart with some values, in the hands of the real Helm.
 */
record Chart(ObjectNode values, String kubeVersion) {

	static final Path DIRECTORY = Path.of("helm/profile-workflows");

	static final String RELEASE = "acme";

	static final String NAMESPACE = "teams";

	/** Nothing but the chart's own values. */
	static Chart bare() {
		return new Chart(Yaml.object(), "1.33.0");
	}

	/** With the least that has to be said. */
	static Chart minimal() {
		return bare().with(Yaml.read(DIRECTORY.resolve("ci/minimal-values.yaml")));
	}

	static Chart production() {
		return bare().with(Yaml.read(DIRECTORY.resolve("values-production.yaml")));
	}

	Chart with(String moreValues) {
		return with(Yaml.read(moreValues));
	}

	Chart with(JsonNode moreValues) {
		return new Chart(Yaml.merge(values.deepCopy(), moreValues), kubeVersion);
	}

	Chart onKubernetes(String version) {
		return new Chart(values, version);
	}

	Manifests template() {
		var file = temporary("values", ".yaml");
		try {
			Files.writeString(file, Yaml.write(values));
			return new Manifests(Yaml.readAll(new Helm(DIRECTORY).template()
				.withName(RELEASE)
				.withNamespace(NAMESPACE)
				.withKubeVersion(kubeVersion)
				.withValuesFile(file)
				.call()));
		}
		catch (IOException failure) {
			throw new UncheckedIOException(failure);
		}
		finally {
			delete(List.of(file));
		}
	}

	/** Lints a copy whose own values are these, since Helm's library lints no others. */
	LintResult lint() {
		var directory = temporaryDirectory();
		try {
			copyTo(directory);
			var own = (ObjectNode) Yaml.read(DIRECTORY.resolve("values.yaml"));
			Files.writeString(directory.resolve("values.yaml"), Yaml.write(Yaml.merge(own, values)));
			return new Helm(directory).lint().strict().call();
		}
		catch (IOException failure) {
			throw new UncheckedIOException(failure);
		}
		finally {
			delete(files(directory).reversed());
			delete(List.of(directory.getParent()));
		}
	}

	private static void copyTo(Path directory) throws IOException {
		for (var file : files(DIRECTORY)) {
			var copy = directory.resolve(DIRECTORY.relativize(file));
			if (Files.isDirectory(file)) {
				Files.createDirectories(copy);
			}
			else {
				Files.copy(file, copy);
			}
		}
	}

	/** Directories before what is in them. */
	static List<Path> files(Path directory) {
		try (var files = Files.walk(directory)) {
			return files.sorted().toList();
		}
		catch (IOException failure) {
			throw new UncheckedIOException(failure);
		}
	}

	private static void delete(List<Path> files) {
		try {
			for (var file : files) {
				Files.deleteIfExists(file);
			}
		}
		catch (IOException failure) {
			throw new UncheckedIOException(failure);
		}
	}

	private static Path temporary(String prefix, String suffix) {
		try {
			return Files.createTempFile(prefix, suffix);
		}
		catch (IOException failure) {
			throw new UncheckedIOException(failure);
		}
	}

	private static Path temporaryDirectory() {
		try {
			// lint compares the directory's name with the chart's
			return Files.createTempDirectory("chart").resolve(DIRECTORY.getFileName());
		}
		catch (IOException failure) {
			throw new UncheckedIOException(failure);
		}
	}

}
