package io.profileworkflows.security;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * A mounted file with access keys: a list, or a list under {@code access-keys}. No
 * message repeats anything of its content.
 */
class AccessKeysFile {

	private static final YAMLMapper YAML = YAMLMapper.builder()
		.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
				DeserializationFeature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
		.build();

	private static final TypeReference<List<@Nullable AccessKey>> LIST = new TypeReference<>() {
	};

	private static final String NOT_THERE = "";

	private final Path path;

	/** What was there last, as a digest: the content has secrets. */
	private @Nullable String last;

	AccessKeysFile(Path path) {
		this.path = path;
	}

	/**
	 * Reads the file, unless it is as it was.
	 * @return null when it has not changed since the last call, whatever that made of it
	 * @throws AccessKeysUnusable when it has, and cannot be read
	 */
	@Nullable List<AccessKey> readIfChanged() {
		try {
			// its times say little: Kubernetes changes a symbolic link on the way to it
			var content = Files.readAllBytes(path);
			return isNew(Digests.sha256(content)) ? parse(content) : null;
		}
		catch (IOException failure) {
			if (isNew(NOT_THERE)) {
				throw new AccessKeysUnusable("The file %s %s".formatted(path,
						(failure instanceof NoSuchFileException) ? "does not exist" : "cannot be read"));
			}
			return null;
		}
	}

	private boolean isNew(String digest) {
		var changed = !digest.equals(last);
		last = digest;
		return changed;
	}

	private List<AccessKey> parse(byte[] content) {
		try (var parser = YAML.createParser(content)) {
			var keys = (parser.nextToken() == JsonToken.START_ARRAY)
					? YAML.<List<@Nullable AccessKey>>readValue(parser, LIST)
					: YAML.readValue(parser, Document.class).accessKeys();
			if (keys != null && keys.stream().allMatch(Objects::nonNull)) {
				return keys.stream().map(Objects::requireNonNull).toList();
			}
			throw new AccessKeysUnusable("The file %s has no list of access keys".formatted(path));
		}
		catch (JacksonException failure) {
			throw new AccessKeysUnusable(
					"The file %s is no list of access keys in YAML%s".formatted(path, placeOf(failure.getLocation())));
		}
	}

	private static String placeOf(@Nullable TokenStreamLocation location) {
		return (location != null && location.getLineNr() > 0)
				? "; what is wrong is in line %s, column %s".formatted(location.getLineNr(), location.getColumnNr())
				: "";
	}

	@JsonNaming(PropertyNamingStrategies.KebabCaseStrategy.class)
	private record Document(@Nullable List<@Nullable AccessKey> accessKeys) {
	}

}
