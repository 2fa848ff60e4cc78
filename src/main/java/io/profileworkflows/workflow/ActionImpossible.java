package io.profileworkflows.workflow;

/**
 * Something cannot be done to a workflow as it stands.
 */
public class ActionImpossible extends RuntimeException {

	public ActionImpossible(String why) {
		super(why);
	}

}
