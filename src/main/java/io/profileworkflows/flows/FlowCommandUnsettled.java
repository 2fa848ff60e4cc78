package io.profileworkflows.flows;

/**
 * AppFlow may or may not have done what it was told.
 */
public class FlowCommandUnsettled extends RuntimeException {

	FlowCommandUnsettled(String why) {
		super(why);
	}

}
