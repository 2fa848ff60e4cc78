package io.profileworkflows.workflow;

import java.util.UUID;
import java.util.function.Consumer;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Notices when requests are committed, before anything that follows from it.
 */
public final class Commits {

	private volatile Consumer<UUID> listener = _ -> {
	};

	/** Is told the id of each workflow that is accepted, right after the commit. */
	public void onAccept(Consumer<UUID> listener) {
		this.listener = listener;
	}

	@Order(Ordered.HIGHEST_PRECEDENCE)
	@TransactionalEventListener
	void on(Transition transition) {
		if (transition.before() == null) {
			listener.accept(transition.workflow().value());
		}
	}

}
