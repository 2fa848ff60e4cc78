package io.profileworkflows.workflow;

/**
 * What a caller knows of a workflow before a change. It is checked while the workflow is
 * locked, and before anything is done.
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
