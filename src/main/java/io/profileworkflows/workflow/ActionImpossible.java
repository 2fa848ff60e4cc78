package io.profileworkflows.workflow;

/**
 * A workflow is in a state in which an action is impossible.
 */
public class ActionImpossible extends RuntimeException {

	public ActionImpossible(String why) {
		super(why);
	}

}
