package io.profileworkflows.bulk.web;

import java.util.ArrayList;
import java.util.List;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.profileworkflows.bulk.BulkItem;
import io.profileworkflows.bulk.BulkItem.Looked;
import io.profileworkflows.bulk.BulkItem.Refused;
import io.profileworkflows.bulk.BulkItem.Taken;
import io.profileworkflows.integration.ImportSince;
import io.profileworkflows.integration.Violation;
import io.profileworkflows.workflow.web.DryRunView;
import io.profileworkflows.workflow.web.DryRunView.BatchView;
import io.profileworkflows.workflow.web.ItemProblems;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * The answer to a caller who asked for many workflows.
 */
@Component
class BulkAnswers {

	/** In the answer to one of many: the answer should not be many times its request. */
	private static final int MOST_VIOLATIONS = 20;

	private final ItemProblems problems;

	private final Counter accepted;

	private final Counter replayed;

	private final Counter refused;

	BulkAnswers(ItemProblems problems, MeterRegistry meters) {
		this.problems = problems;
		this.accepted = counter("accepted", meters);
		this.replayed = counter("replayed", meters);
		this.refused = counter("refused", meters);
	}

	private static Counter counter(String outcome, MeterRegistry meters) {
		return Counter.builder("bulk.items")
			.description("Requests out of bodies with many, and what came of them")
			.tag("outcome", outcome)
			.register(meters);
	}

	BulkView toCreate(List<BulkItem> items) {
		var answer = answer(items, null);
		accepted.increment(answer.accepted());
		replayed.increment(answer.replayed());
		refused.increment(answer.refused());
		return answer;
	}

	/**
	 * @param history null where no batches are computed
	 */
	BulkView toDryRun(List<BulkItem> items, @Nullable ImportSince history) {
		return answer(items, (history != null) ? history.batches().stream().map(BatchView::of).toList() : null);
	}

	private BulkView answer(List<BulkItem> items, @Nullable List<BatchView> batches) {
		var views = items.stream().map(this::view).toList();
		var replayed = (int) views.stream().filter(view -> view.replayed() != null).count();
		var accepted = (int) views.stream().filter(BulkItemView::isAccepted).count() - replayed;
		return new BulkView(accepted, replayed, items.size() - accepted - replayed, views, batches);
	}

	private BulkItemView view(BulkItem item) {
		var subject = item.subject();
		var domainName = (subject != null) ? subject.domainName() : null;
		var flowName = (subject != null) ? subject.flowName() : null;
		return switch (item) {
			case Taken(var number, var line, var _, var workflow, var replayed, var warnings) ->
				new BulkItemView(number, line, HttpStatus.ACCEPTED.value(), domainName, flowName, workflow.toString(),
						replayed ? true : null, few(warnings), null, null, List.of(), null);
			case Refused(var number, var line, var _, var failure) -> {
				var problem = problems.of(failure);
				yield new BulkItemView(number, line, problem.status(), domainName, flowName, problem.workflowId(), null,
						List.of(), problems.errorTypeOf(problem), problem.message(), few(problem.violations()), null);
			}
			case Looked(var number, var line, var _, var violations, var warnings, var findings) ->
				new BulkItemView(number, line, HttpStatus.OK.value(), domainName, flowName, null, null, List.of(), null,
						null, List.of(), DryRunView.of(few(violations), few(warnings), findings));
		};
	}

	private static List<Violation> few(List<Violation> all) {
		if (all.size() <= MOST_VIOLATIONS) {
			return all;
		}
		var few = new ArrayList<>(all.subList(0, MOST_VIOLATIONS));
		var more = all.size() - MOST_VIOLATIONS;
		few.add(new Violation("", "has %s more, which a dry run of this one alone tells".formatted(more)));
		return few;
	}

}
