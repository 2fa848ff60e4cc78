package io.profileworkflows.http;

import java.time.Instant;

import io.profileworkflows.integration.ImportSince;
import org.jspecify.annotations.Nullable;

/**
 * The time from which past records are imported, in batches that the service computes.
 */
public final class ImportSinceParameter {

	public static final String NAME = "import-since";

	private ImportSinceParameter() {
	}

	/**
	 * @return null where the caller asks for no batches
	 * @throws BadParameter when it is no time before now
	 */
	public static @Nullable ImportSince read(@Nullable String given, Instant now) {
		if (given == null) {
			return null;
		}
		return ImportSince.parse(given, now).orElseThrow(() -> new BadParameter(NAME, ImportSince.EXPECTED));
	}

}
