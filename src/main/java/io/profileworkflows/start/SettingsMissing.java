package io.profileworkflows.start;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The service lacks settings that it cannot start without.
 */
class SettingsMissing extends RuntimeException {

	SettingsMissing(List<Missing> settings) {
		super(settings.stream()
			.map(Missing::lines)
			.collect(Collectors.joining("", "The service cannot start without these settings:%n%n".formatted(), ""))
			.stripTrailing());
	}

}
