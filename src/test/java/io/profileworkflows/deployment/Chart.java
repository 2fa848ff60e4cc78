package io.profileworkflows.deployment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
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
