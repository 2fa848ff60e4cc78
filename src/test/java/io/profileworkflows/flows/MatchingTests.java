package io.profileworkflows.flows;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

import io.profileworkflows.appflow.ListedFlow;
import io.profileworkflows.workflow.WorkflowId;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class MatchingTests {

	private final WorkflowId ours = new WorkflowId(UUID.randomUUID());

	private final WorkflowId other = new WorkflowId(UUID.randomUUID());

	private final Matching matching = new Matching();

	@Test
	void takesAnEqualNameAtOnce() {
		var equal = see("orders", "orders-1", "customers");

		assertThat(equal.keySet()).containsExactly(ours);
		assertThat(equal.get(ours).flowName()).isEqualTo("orders");
	}

	@Test
	void takesNoNameThatGoesOnBeforeAllAreSeen() {
		assertThat(see("orders-1")).isEmpty();

		assertThat(longer(ours)).containsExactly("orders-1");
	}

	@Test
	void leavesANameToTheLongestThatFits() {
		assertThat(see("orders-eu-1")).isEmpty();

		assertThat(longer(ours)).isEmpty();
		assertThat(longer(other)).containsExactly("orders-eu-1");
	}

	@Test
	void gathersAllThatGoOnFromPageToPage() {
		see("orders-1");
		see("orders-2");

		assertThat(longer(ours)).containsExactly("orders-1", "orders-2");
	}

	@Test
	void knowsNothingOfWhatOthersMade() {
		assertThat(see("customers", "order")).isEmpty();

		assertThat(longer(ours)).isEmpty();
	}

	private Map<WorkflowId, ListedFlow> see(String... names) {
		return matching.see(Arrays.stream(names)
			.map(name -> new ListedFlow(name, "Active", "Scheduled", null, null, null, null))
			.toList(), Map.of("orders", ours, "orders-eu", other));
	}

	private List<String> longer(WorkflowId id) {
		return matching.longerThan(id).stream().map(ListedFlow::flowName).collect(Collectors.toList());
	}

}
