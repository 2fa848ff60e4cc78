package io.profileworkflows.workflow;

/**
 * What a caller knows of a workflow that is to be changed. It is asked once nobody else
 * can change the workflow, and before anything is done.
 */
public interface Precondition {

	/** The caller wants the change, whatever the workflow is by now. */
	Precondition NONE = _ -> {
	};

	/**
	 * @throws ChangedMeanwhile when the workflow is another than the caller knows
	 */
	void require(Workflow workflow);

}
