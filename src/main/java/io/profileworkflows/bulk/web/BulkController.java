package io.profileworkflows.bulk.web;

import java.io.IOException;
import java.time.Clock;

import io.profileworkflows.bulk.BulkCreation;
import io.profileworkflows.bulk.BulkRequest;
import io.profileworkflows.http.Flag;
import io.profileworkflows.http.IfMatch;
import io.profileworkflows.http.ImportSinceParameter;
import io.profileworkflows.security.Caller;
import io.profileworkflows.security.Requires;
import io.profileworkflows.security.Role;
import io.profileworkflows.workflow.web.RequestKeys;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.http.MediaType;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Many requests for workflows in one body, which AWS does not have.
 */
@RestController
class BulkController {

	private static final String DRY_RUN = "dry-run";

	private final BulkCreation creation;

	private final BulkAnswers answers;

	private final Clock clock;

	BulkController(BulkCreation creation, BulkAnswers answers, Clock clock) {
		this.creation = creation;
		this.answers = answers;
		this.clock = clock;
	}

	@Requires(value = Role.SUBMITTER, inAnyDomain = true, makesOnce = true)
	@PostMapping(name = "BulkCreate", path = "/bulk",
			produces = { MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_YAML_VALUE })
	BulkView create(@RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
			@RequestHeader(name = "amz-sdk-invocation-id", required = false) @Nullable String invocationId,
			@RequestParam(name = DRY_RUN, required = false) @Nullable String dryRun,
			@RequestParam(name = ImportSinceParameter.NAME, required = false) @Nullable String importSince,
			HttpServletRequest http) throws IOException, HttpMediaTypeNotSupportedException {
		IfMatch.requireNone(http);
		var isDryRun = Flag.of(DRY_RUN, dryRun);
		var history = ImportSinceParameter.read(importSince, clock.instant());
		var request = new BulkRequest(BulkTypes.formatOf(http), RequestKeys.of(key, invocationId, Caller.current()),
				history);
		var body = http.getInputStream();
		return isDryRun ? answers.toDryRun(creation.look(body, request), history)
				: answers.toCreate(creation.create(body, request));
	}

}
