package io.profileworkflows.workflow.web;

import java.math.BigDecimal;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.profileworkflows.http.EpochSeconds;
import io.profileworkflows.workflow.Candidate;
import org.jspecify.annotations.Nullable;

/**
 * A workflow at AWS that may be the one in review.
 */
record CandidateView(@JsonProperty("RemoteWorkflowId") String remoteWorkflowId,
		@JsonProperty("CreatedAt") @Nullable BigDecimal createdAt, @JsonProperty("Status") String status,
		@JsonProperty("FlowNames") List<String> flowNames, @JsonProperty("SpeaksFor") List<String> speaksFor,
		@JsonProperty("SpeaksAgainst") List<String> speaksAgainst) {

	static CandidateView of(Candidate candidate) {
		var createdAt = candidate.createdAt();
		return new CandidateView(candidate.remoteWorkflowId(), (createdAt != null) ? EpochSeconds.of(createdAt) : null,
				candidate.status(), candidate.flowNames(), candidate.speaksFor(), candidate.speaksAgainst());
	}

}
