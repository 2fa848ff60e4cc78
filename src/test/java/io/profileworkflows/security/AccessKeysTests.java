package io.profileworkflows.security;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.profileworkflows.OwnOutput;
import io.profileworkflows.OwnOutput.Output;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@ExtendWith(OwnOutput.class)
class AccessKeysTests {

	private static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

	@TempDir
	Path directory;

	private Path file;

	@BeforeEach
	void nameTheFile() {
		file = directory.resolve("access-keys.yaml");
	}

	@Test
	void areThoseOfThePropertiesAndOfTheFile() throws IOException {
		Files.writeString(file, key("INFILE", "[reader, 'submitter:crm']"));

		var keys = new AccessKeys(settings(file, configured("CONFIGURED")));

		assertThat(owner(keys, "CONFIGURED").may(Role.OPERATOR, "retail-eu")).isTrue();
		assertThat(owner(keys, "INFILE").may(Role.READER, "retail-eu")).isTrue();
		assertThat(owner(keys, "INFILE").may(Role.SUBMITTER, "retail-eu")).isFalse();
		assertThat(owner(keys, "INFILE").may(Role.SUBMITTER, "crm")).isTrue();
		assertThat(keys.find("ANOTHER")).isEmpty();
	}

	@Test
	void mayBeSeveralOfOneClient() throws IOException {
		Files.writeString(file, key("OLD", "reader") + key("NEW", "reader"));

		var keys = new AccessKeys(settings(file));

		assertThat(owner(keys, "OLD").name()).isEqualTo(owner(keys, "NEW").name()).isEqualTo("crm");
	}

	@Test
	void mayBeListedUnderAName() throws IOException {
		Files.writeString(file, "access-keys:\n" + key("UNDER", "reader"));

		assertThat(owner(new AccessKeys(settings(file)), "UNDER").name()).isEqualTo("crm");
	}

	@Test
	void keepWhatYamlTakesForANumber() throws IOException {
		Files.writeString(file, key("1234", "reader").replace("\"" + SECRET + "\"", "01234567890123456789"));

		assertThat(new AccessKeys(settings(file)).find("1234").orElseThrow().secret().value())
			.isEqualTo("01234567890123456789");
	}

	@Test
	void changeWithTheFile() throws IOException {
		Files.writeString(file, key("OLD", "reader"));
		var keys = new AccessKeys(settings(file));

		Files.writeString(file, key("NEW", "reader"));
		assertThat(keys.find("OLD")).as("until the file is read again").isPresent();
		keys.reload();

		assertThat(keys.find("OLD")).isEmpty();
		assertThat(keys.find("NEW")).isPresent();
	}

	@Test
	void takeTheirRightsFromARequestThatIsUnderWay() throws IOException {
		Files.writeString(file, key("KEY", "operator"));
		var keys = new AccessKeys(settings(file));
		var caller = keys.ownerOf("KEY", keys.find("KEY").orElseThrow());
		assertThat(caller.stillMay(Role.OPERATOR, "retail-eu")).isTrue();
		assertThat(caller.timeLeft()).isNull();

		Files.writeString(file, key("KEY", "reader"));
		keys.reload();
		assertThat(caller.stillMay(Role.READER, "retail-eu")).isTrue();
		assertThat(caller.stillMay(Role.OPERATOR, "retail-eu")).isFalse();

		Files.writeString(file, key("KEY", "reader").replace(SECRET, SECRET + "2"));
		keys.reload();
		assertThat(caller.stillMay(Role.READER, "retail-eu")).as("with another secret").isFalse();

		Files.writeString(file, key("KEY", "reader"));
		keys.reload();
		assertThat(caller.stillMay(Role.READER, "retail-eu")).isTrue();
		Files.writeString(file, key("ANOTHER", "reader"));
		keys.reload();
		assertThat(caller.stillMay(Role.READER, "retail-eu")).as("without the key").isFalse();
	}

	@Test
	void changeWhenKubernetesChangesASecret(Output output) throws IOException {
		mount("..2026_11_24", key("OLD", "reader"));
		Files.createSymbolicLink(directory.resolve("..data"), Path.of("..2026_11_24"));
		Files.createSymbolicLink(file, Path.of("..data/access-keys.yaml"));
		var keys = new AccessKeys(settings(file));

		mount("..2026_11_25", key("NEW", "reader"));
		Files.setLastModifiedTime(directory.resolve("..2026_11_25/access-keys.yaml"), Files.getLastModifiedTime(file));
		Files.createSymbolicLink(directory.resolve("..data_tmp"), Path.of("..2026_11_25"));
		Files.move(directory.resolve("..data_tmp"), directory.resolve("..data"), StandardCopyOption.ATOMIC_MOVE,
				StandardCopyOption.REPLACE_EXISTING);
		keys.reload();

		assertThat(keys.find("OLD")).isEmpty();
		assertThat(keys.find("NEW")).isPresent();
		assertThat(output).contains("There are 1 access keys now").doesNotContain(SECRET);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "access-keys:", "- access-key-id: NEW\n  secret-access-key: " + SECRET + "\n",
			"- secret-access-key: [" + SECRET + "\n", SECRET, "- " + SECRET, SECRET + ": x",
			"- access-key-id: NEW\n  secret-acess-key: " + SECRET, "- access-key-id: " + SECRET + "!" })
	void stayAsTheyWereWhenTheFileBreaks(String broken, Output output) throws IOException {
		Files.writeString(file, key("OLD", "reader"));
		var keys = new AccessKeys(settings(file));

		Files.writeString(file, broken);
		keys.reload();
		keys.reload();

		assertThat(keys.find("OLD")).isPresent();
		assertThat(keys.find("NEW")).isEmpty();
		assertThat(output).containsOnlyOnce("The access keys stay as they were").doesNotContain(SECRET);
	}

	@Test
	void stayAsTheyWereWhileTheFileIsGone(Output output) throws IOException {
		Files.writeString(file, key("OLD", "reader"));
		var keys = new AccessKeys(settings(file));

		Files.delete(file);
		keys.reload();
		keys.reload();
		assertThat(keys.find("OLD")).isPresent();
		assertThat(output).containsOnlyOnce("does not exist");

		Files.writeString(file, key("NEW", "reader"));
		keys.reload();
		assertThat(keys.find("NEW")).isPresent();
	}

	@Test
	void areGoneWhenTheFileSaysSo() throws IOException {
		Files.writeString(file, key("OLD", "reader"));
		var keys = new AccessKeys(settings(file));

		Files.writeString(file, "[]");
		keys.reload();

		assertThat(keys.isEmpty()).isTrue();
	}

	@Test
	void keepTheServiceFromStartingWhenTheyCannotBeUsed() throws IOException {
		unusable(settings(file), "does not exist");
		Files.writeString(file, key("A", "admin"));
		unusable(settings(file),
				"Access key 1 of the file cannot be used: roles must be reader, submitter or operator");
		Files.writeString(file, key("A", "reader") + key("A", "reader"));
		unusable(settings(file), "Access key 2 of the file has an access-key-id that another has already");
		unusable(settings(null, new AccessKey("A", null, "crm", List.of("reader"), List.of("*"))),
				"Access key 1 of the properties cannot be used: secret-access-key is missing");
		unusable(settings(null, new AccessKey("A/B", new Secret(SECRET), " ", List.of(), List.of("a/b"))),
				"access-key-id must be", "client must be", "roles is missing", "domains must be");
		unusable(settings(null, new AccessKey("A", new Secret(SECRET), "crm", List.of("reader"), null)),
				"domains is missing");
	}

	@Test
	void showTheirSecretsNowhere() {
		var settings = bound(
				Map.of("enabled", "true", "access-keys[0].access-key-id", "A", "access-keys[0].secret-access-key",
						SECRET, "access-keys[0].client", "crm", "access-keys[0].roles", "reader,submitter:crm",
						"access-keys[0].domains", "retail-*,support", "access-keys-reload-interval", "5s"));
		var keys = new AccessKeys(settings);

		assertThat(keys.find("A").orElseThrow().secret().value()).isEqualTo(SECRET);
		assertThat(owner(keys, "A").domains(Role.READER)).isEqualTo(Wildcards.of("retail-*", "support", "crm"));
		assertThat(settings.toString()).contains("crm").doesNotContain(SECRET);
		assertThat(keys.find("A").orElseThrow().toString()).doesNotContain(SECRET);
	}

	@Test
	void warnOfASecretThatCanBeGuessed(Output output) {
		new AccessKeys(settings(null, new AccessKey("A", new Secret("short"), "crm", List.of("reader"), List.of("*"))));

		assertThat(output).contains("The secret of access key A has fewer than 20 characters").doesNotContain("short");
	}

	private void mount(String version, String content) throws IOException {
		Files.createDirectory(directory.resolve(version));
		Files.writeString(directory.resolve(version).resolve("access-keys.yaml"), content);
	}

	private static void unusable(SecuritySettings settings, String... messages) {
		assertThatExceptionOfType(AccessKeysUnusable.class).isThrownBy(() -> new AccessKeys(settings))
			.satisfies(failure -> assertThat(failure.getMessage()).contains(messages).doesNotContain(SECRET));
	}

	private static Caller owner(AccessKeys keys, String id) {
		return keys.find(id).orElseThrow().owner();
	}

	private static AccessKey configured(String id) {
		return new AccessKey(id, new Secret(SECRET), "ops", List.of("operator"), List.of("retail-*"));
	}

	private static String key(String id, String roles) {
		return """
				- access-key-id: %s
				  secret-access-key: "%s"
				  client: crm
				  roles: %s
				  domains: [retail-*]
				""".formatted(id, SECRET, roles);
	}

	private static SecuritySettings settings(@Nullable Path file, AccessKey... configured) {
		return new SecuritySettings(true, List.of(configured), (file != null) ? file.toString() : null,
				Duration.ofSeconds(5), new SecuritySettings.Claims("sub", "roles", "domains", Map.of()), List.of());
	}

	private static SecuritySettings bound(Map<String, String> properties) {
		return new Binder(new MapConfigurationPropertySource(properties)).bind("", SecuritySettings.class).get();
	}

}
