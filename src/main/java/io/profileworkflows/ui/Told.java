package io.profileworkflows.ui;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * What is told once after something was done. The address names it, so that no text of
 * anybody's gets from there into the page.
 */
enum Told {

	CREATE("The request is accepted. This page follows it."),

	REPLAY("The same request was accepted before: this is its workflow."),

	ADOPT("Adopted: this service follows that workflow from now on."),

	RESUBMIT("It will be sent to AWS again."),

	GIVE_UP("Given up. Its FlowName is free again."),

	RETRY("A new workflow is accepted with the same request. This is it."),

	DELETE("The deletion is on its way. This page follows it."),

	START_FLOW("AppFlow was told to start the flow."),

	STOP_FLOW("AppFlow was told to stop the flow."),

	TAGS("The tags are changed."),

	OPERATION("The operation has begun. This page follows it."),

	CANCEL_OPERATION("The operation is cancelled. What is done stays done.");

	private final String text;

	Told(String text) {
		this.text = text;
	}

	static @Nullable String find(@Nullable String name) {
		return Arrays.stream(values())
			.filter(told -> told.name().equals(name))
			.map(told -> told.text)
			.findFirst()
			.orElse(null);
	}

}
