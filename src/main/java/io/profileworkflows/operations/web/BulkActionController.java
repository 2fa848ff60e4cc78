package io.profileworkflows.operations.web;

import java.net.URI;
import java.util.Set;
import java.util.function.Supplier;

import io.profileworkflows.http.BadParameter;
import io.profileworkflows.http.Documents;
import io.profileworkflows.http.Flag;
import io.profileworkflows.http.Holds;
import io.profileworkflows.http.IfMatch;
import io.profileworkflows.http.RequestDocument;
import io.profileworkflows.operations.BulkAction;
import io.profileworkflows.operations.BulkOrder;
import io.profileworkflows.operations.Instructions;
import io.profileworkflows.operations.OperationId;
import io.profileworkflows.operations.Operations;
import io.profileworkflows.security.Caller;
import io.profileworkflows.security.Requires;
import io.profileworkflows.security.Role;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Actions on all that a search finds. The filter is in the query, as in a search.
 */
@RestController
@RequestMapping(path = "/bulk", produces = { MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_YAML_VALUE })
class BulkActionController {

	static final String PREVIEW = "preview";

	static final String TOKEN = "token";

	static final String CONFIRM_ADOPTED = "confirm-adopted";

	private final Operations operations;

	private final Documents documents;

	BulkActionController(Operations operations, Documents documents) {
		this.operations = operations;
		this.documents = documents;
	}

	@Requires(value = Role.SUBMITTER, inAnyDomain = true, makesOnce = true)
	@PostMapping(name = "RetryWorkflows", path = "/retry")
	ResponseEntity<?> retry(HttpServletRequest http) {
		return answer(BulkAction.RETRY, http, Set.of(PREVIEW, TOKEN, CONFIRM_ADOPTED), () -> confirmed(http));
	}

	@Requires(value = Role.SUBMITTER, inAnyDomain = true, makesOnce = true)
	@PostMapping(name = "DeleteWorkflows", path = "/delete")
	ResponseEntity<?> delete(HttpServletRequest http) {
		return answer(BulkAction.DELETE, http, Set.of(PREVIEW, TOKEN, CONFIRM_ADOPTED), () -> confirmed(http));
	}

	@Requires(value = Role.SUBMITTER, inAnyDomain = true, makesOnce = true)
	@PostMapping(name = "TagWorkflows", path = "/tag")
	ResponseEntity<?> tag(@Holds(BulkTagsBody.class) RequestDocument document, HttpServletRequest http) {
		return answer(BulkAction.TAG, http, Set.of(PREVIEW, TOKEN),
				() -> documents.read(document, BulkTagsBody.class).require().toInstructions());
	}

	private static Instructions confirmed(HttpServletRequest http) {
		return Instructions.of(Flag.of(CONFIRM_ADOPTED, one(CONFIRM_ADOPTED, http)));
	}

	private ResponseEntity<?> answer(BulkAction action, HttpServletRequest http, Set<String> parameters,
			Supplier<Instructions> instructions) {
		IfMatch.requireNone(http);
		var caller = Caller.current();
		var order = BulkOrder.of(action, http.getParameterMap(), parameters, caller, instructions);
		if (Flag.of(PREVIEW, one(PREVIEW, http))) {
			if (http.getParameter(TOKEN) != null) {
				throw new BadParameter(TOKEN, "must be absent in a preview");
			}
			return ResponseEntity.ok(PreviewView.of(operations.preview(order, caller)));
		}
		var operation = operations.start(token(http), order, caller);
		return ResponseEntity.accepted()
			.location(URI.create("/operations/" + operation.id()))
			.body(OperationView.of(operation));
	}

	private static OperationId token(HttpServletRequest http) {
		var token = one(TOKEN, http);
		if (token == null) {
			throw new BadParameter(TOKEN, "is required: send the same with preview=true first, which gives one");
		}
		return OperationId.parse(token)
			.orElseThrow(() -> new BadParameter(TOKEN, "must be the Token of a preview, 32 hex digits of 0-9 and a-f"));
	}

	private static @Nullable String one(String name, HttpServletRequest http) {
		var given = http.getParameterValues(name);
		return (given != null) ? String.join(",", given) : null;
	}

}
