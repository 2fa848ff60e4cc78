package io.profileworkflows.flows;

/**
 * AppFlow may or may not have carried out a command.
 */
public class FlowCommandUnsettled extends RuntimeException {

	FlowCommandUnsettled(String why) {
		super(why);
	}

}
