package io.profileworkflows.operations.web;

import java.math.BigDecimal;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.profileworkflows.http.EpochSeconds;
import io.profileworkflows.operations.BulkAction;
import io.profileworkflows.operations.OperationPreview;
import io.profileworkflows.workflow.Phase;
import io.profileworkflows.workflow.Status;
import io.profileworkflows.workflow.Workflow;
import org.jspecify.annotations.Nullable;

/**
 * The workflows on which an action would be carried out.
 *
 * @param token null where nothing was found
 */
public record PreviewView(@JsonProperty("Action") BulkAction action, @JsonProperty("Count") int count,
		@JsonProperty("Sample") List<Item> sample, @JsonProperty("Token") @Nullable String token,
		@JsonProperty("ExpiresAt") BigDecimal expiresAt) {

	static PreviewView of(OperationPreview preview) {
		var token = preview.token();
		return new PreviewView(preview.action(), preview.count(), preview.sample().stream().map(Item::of).toList(),
				(token != null) ? token.toString() : null, EpochSeconds.of(preview.expiresAt()));
	}

	/**
	 * One of them.
	 */
	public record Item(@JsonProperty("WorkflowId") String workflowId, @JsonProperty("DomainName") String domainName,
			@JsonProperty("FlowName") String flowName, @JsonProperty("Status") Status status,
			@JsonProperty("Phase") Phase phase) {

		static Item of(Workflow workflow) {
			return new Item(workflow.id().toString(), workflow.domainName(), workflow.flowName(), workflow.status(),
					workflow.phase());
		}

	}

}
