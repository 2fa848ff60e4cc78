package io.profileworkflows.security;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * A key to sign requests with, as it is configured. A client may have several, so that
 * one can take the place of another.
 */
@JsonNaming(PropertyNamingStrategies.KebabCaseStrategy.class)
record AccessKey(@Nullable String accessKeyId, @Nullable Secret secretAccessKey, @Nullable String client,
		@Nullable List<String> roles, @Nullable List<String> domains) {

	private static final Pattern ID = Pattern.compile("\\w{1,128}");

	/**
	 * Says what keeps the key from being used, without its secret.
	 * @return nothing when it can be used
	 */
	Stream<String> mistakes() {
		var mistakes = new ArrayList<String>();
		if (accessKeyId == null || !ID.matcher(accessKeyId).matches()) {
			mistakes.add("access-key-id must be 1 to 128 characters of a-z, A-Z, 0-9 and _");
		}
		if (secretAccessKey == null || secretAccessKey.value().isBlank()) {
			mistakes.add("secret-access-key is missing");
		}
		if (client == null || !Names.isName(client)) {
			mistakes.add("client must be a name of 1 to %s characters".formatted(Names.LONGEST));
		}
		if (each(roles).isEmpty()) {
			mistakes.add("roles is missing: reader, submitter or operator");
		}
		each(roles).stream()
			.filter(role -> Grant.parse(role, List.of()).isEmpty())
			.map(_ -> "roles must be reader, submitter or operator, each alone or as in reader:retail-*")
			.forEach(mistakes::add);
		if (each(domains).isEmpty() && each(roles).stream().anyMatch(role -> role.indexOf(':') < 0)) {
			mistakes.add("domains is missing: names or patterns such as retail-*, or * for all");
		}
		if (!each(domains).stream().allMatch(Grant::isDomain)) {
			mistakes.add("domains must be names or patterns such as retail-*");
		}
		return mistakes.stream().distinct();
	}

	Caller owner() {
		var grants = each(roles).stream().flatMap(role -> Grant.parse(role, each(domains)).stream()).toList();
		return Caller.withAccessKey(Objects.requireNonNull(client), new Grants(grants));
	}

	/** One text may have several, as variables of the environment do. */
	private static List<String> each(@Nullable List<String> texts) {
		return (texts != null) ? texts.stream()
			.flatMap(text -> Arrays.stream(text.split("[,\\s]+")))
			.filter(text -> !text.isEmpty())
			.toList() : List.of();
	}

}
