package io.profileworkflows.customerprofiles;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

import io.profileworkflows.integration.CreateIntegrationWorkflow;

/**
 * A Customer Profiles that creates each workflow at once and lists none. Budget, circuit
 * and metrics are the service's own; what it leaves out is the network and the SDK.
 */
public final class InstantCustomerProfiles extends CustomerProfiles {

	private final UpstreamCalls calls;

	private final AtomicLong creates = new AtomicLong();

	private volatile Consumer<String> listener = _ -> {
	};

	private InstantCustomerProfiles(Clients clients, UpstreamSettings settings, UpstreamCalls calls) {
		super(clients, settings, calls);
		this.calls = calls;
	}

	/** Is told the FlowName at the start of each call. */
	public void onCreate(Consumer<String> listener) {
		this.listener = listener;
	}

	/** How often it was asked for a workflow. */
	public long creates() {
		return creates.get();
	}

	@Override
	public CreateOutcome create(CreateIntegrationWorkflow request, Deadline deadline) {
		return calls.create(() -> {
			listener.accept(request.flowName());
			creates.incrementAndGet();
			var id = UUID.randomUUID().toString();
			return new CreateOutcome.Created(id.replace("-", ""), "Created", id);
		});
	}

	@Override
	public Optional<WorkflowPage> list(Priority priority, String domainName, @Nullable Instant from,
			@Nullable Instant to, @Nullable String nextToken) {
		return Optional.of(new WorkflowPage(List.of(), null));
	}

	/**
	 * Puts it in the place of the real one.
	 */
	public static final class InPlace {

		@Bean
		@Primary
		InstantCustomerProfiles instantCustomerProfiles(Clients clients, UpstreamSettings settings,
				UpstreamCalls calls) {
			return new InstantCustomerProfiles(clients, settings, calls);
		}

	}

}
