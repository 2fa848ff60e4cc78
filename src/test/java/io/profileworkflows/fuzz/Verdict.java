package io.profileworkflows.fuzz;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

import io.profileworkflows.workflow.web.ApiPage;
import io.profileworkflows.workflow.web.ApiPage.Described;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Says what is wrong with answers, and keeps what has been seen of them.
 */
class Verdict {

	private static final Pattern FROM_WITHIN = Pattern
		.compile("io\\.profileworkflows\\.|java\\.|org\\.(?:spring|apache|hibernate|postgres)|(?i:<html|select )");

	private static final JsonMapper JSON = new JsonMapper();

	private final ApiPage page;

	private final Map<Described, Pattern> operations = new LinkedHashMap<>();

	private final Map<String, Set<Integer>> reached = new ConcurrentHashMap<>();

	Verdict(ApiPage page) {
		this.page = page;
		page.operations()
			.forEach(operation -> operations.put(operation,
					Pattern.compile(operation.path().replaceAll("\\{\\w+}", "[^/?#]+") + "(?:\\?.*)?")));
	}

	List<String> complaints(RawRequest request, RawAnswer answer) {
		var complaints = new ArrayList<String>();
		var operation = operationOf(request);
		operation.ifPresent(
				found -> reached.computeIfAbsent(found.id(), _ -> ConcurrentHashMap.newKeySet()).add(answer.status()));
		if (answer.equals(RawAnswer.NONE)) {
			complaints.add("There is no answer");
		}
		else if (answer.isRefusal()) {
			complaints.addAll(complaintsOfRefusal(request, answer));
		}
		// HTTP's own answer to an expectation that no server could meet, whatever the
		// operation
		var isOfHttp = answer.status() == 417 && request.has("Expect");
		var hasNoBody = request.method().equals("HEAD");
		if (operation.isPresent() && !hasNoBody && !isOfHttp) {
			complaints.addAll(page.complaints(operation.get().id(), answer.status(), ofService(answer),
					answer.contentType(), answer.body()));
		}
		else if (operation.isEmpty() && answer.status() >= 500) {
			complaints.add("There is nothing that it could have failed at");
		}
		return complaints;
	}

	private List<String> complaintsOfRefusal(RawRequest request, RawAnswer answer) {
		var complaints = new ArrayList<String>();
		for (var header : List.of("x-amzn-RequestId", "x-amzn-ErrorType")) {
			if (answer.headers().getOrDefault(header, "").isBlank()) {
				complaints.add("There is no " + header);
			}
		}
		if (request.method().equals("HEAD")) {
			return complaints;
		}
		if (!"application/problem+json".equals(answer.contentType())) {
			complaints.add("It is no problem but " + answer.contentType());
		}
		if (FROM_WITHIN.matcher(answer.text()).find()) {
			complaints.add("It tells what is inside");
		}
		complaints.addAll(complaintsOfProblem(answer));
		return complaints;
	}

	private List<String> complaintsOfProblem(RawAnswer answer) {
		try {
			var problem = JSON.readTree(answer.body());
			var complaints = new ArrayList<>(
					page.complaints(Objects.requireNonNull(page.schemas().get("Problem")), problem));
			if (problem.path("Message").asString("").isBlank() || problem.path("status").asInt() != answer.status()) {
				complaints.add("It has no Message, or another status");
			}
			return complaints;
		}
		catch (JacksonException _) {
			return List.of("It is no JSON");
		}
	}

	/** Without what HTTP itself has, which no operation needs to tell of. */
	private static Set<String> ofService(RawAnswer answer) {
		var names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
		names.addAll(answer.headers().keySet());
		names.removeAll(Set.of("Date", "Connection", "Transfer-Encoding", "Keep-Alive", "WWW-Authenticate", "Allow",
				"Vary", "Accept-Patch", "Access-Control-Allow-Origin", "Content-Disposition"));
		return names;
	}

	private Optional<Described> operationOf(RawRequest request) {
		var method = request.method().equals("HEAD") ? "GET" : request.method();
		return operations.entrySet()
			.stream()
			.filter(operation -> operation.getKey().method().equals(method)
					&& operation.getValue().matcher(request.target()).matches())
			.map(Map.Entry::getKey)
			.findFirst();
	}

	/** By operation, the documented status codes that none of the answers had. */
	Map<String, Set<Integer>> unreached() {
		var unreached = new TreeMap<String, Set<Integer>>();
		operations.keySet().forEach(operation -> {
			var statuses = new TreeSet<Integer>();
			operation.node().get("responses").propertyNames().forEach(status -> statuses.add(Integer.valueOf(status)));
			statuses.removeAll(reached.getOrDefault(operation.id(), Set.of()));
			statuses.remove(500);
			if (!statuses.isEmpty()) {
				unreached.put(operation.id(), statuses);
			}
		});
		return unreached;
	}

	/** How many answers had which status, in how many operations. */
	String summary() {
		var operationsByStatus = new TreeMap<Integer, Integer>();
		reached.values()
			.forEach(statuses -> statuses.forEach(status -> operationsByStatus.merge(status, 1, Integer::sum)));
		return operationsByStatus.toString();
	}

}
