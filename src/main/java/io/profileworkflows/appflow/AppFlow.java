package io.profileworkflows.appflow;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

import io.profileworkflows.customerprofiles.CallFailed;
import io.profileworkflows.customerprofiles.Deadline;
import io.profileworkflows.customerprofiles.Operation;
import io.profileworkflows.customerprofiles.Priority;
import io.profileworkflows.customerprofiles.UpstreamCalls;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.awscore.AwsResponse;
import software.amazon.awssdk.services.appflow.AppflowAsyncClient;
import software.amazon.awssdk.services.appflow.model.DescribeFlowExecutionRecordsResponse;
import software.amazon.awssdk.services.appflow.model.DescribeFlowResponse;
import software.amazon.awssdk.services.appflow.model.ExecutionDetails;
import software.amazon.awssdk.services.appflow.model.ExecutionRecord;
import software.amazon.awssdk.services.appflow.model.FlowDefinition;
import software.amazon.awssdk.services.appflow.model.ListFlowsResponse;

import org.springframework.stereotype.Component;

/**
 * Calls Amazon AppFlow to follow the flows of workflows, and to start and stop them. It
 * repeats no call.
 */
@Component
public class AppFlow {

	private static final int PAGE_SIZE = 100;

	private final AppFlowClient client;

	private final UpstreamCalls calls;

	AppFlow(AppFlowClient client, UpstreamCalls calls) {
		this.client = client;
		this.calls = calls;
	}

	/**
	 * Lists up to 100 flows of the account.
	 * @throws CallFailed if AWS gave no answer
	 */
	public FlowPage list(@Nullable String nextToken) {
		return call(Operation.LIST_FLOWS, Priority.SWEEP,
				appFlow -> appFlow.listFlows(query -> query.maxResults(PAGE_SIZE).nextToken(nextToken)), AppFlow::page)
			.orElseThrow(() -> new IllegalStateException("AppFlow does not know ListFlows"));
	}

	/**
	 * Looks at one flow.
	 * @return empty only if AppFlow says that it does not know it
	 * @throws CallFailed if AWS gave no answer
	 */
	public Optional<DescribedFlow> describe(Priority priority, String flowName) {
		return call(Operation.DESCRIBE_FLOW, priority,
				appFlow -> appFlow.describeFlow(query -> query.flowName(flowName)), AppFlow::described);
	}

	/**
	 * Lists up to 100 runs of a flow.
	 * @return empty only if AppFlow says that it does not know the flow
	 * @throws CallFailed if AWS gave no answer
	 */
	public Optional<RunPage> runs(Priority priority, String flowName, @Nullable String nextToken) {
		return call(Operation.DESCRIBE_FLOW_EXECUTION_RECORDS, priority, appFlow -> appFlow
			.describeFlowExecutionRecords(query -> query.flowName(flowName).maxResults(PAGE_SIZE).nextToken(nextToken)),
				AppFlow::runs);
	}

	/**
	 * Activates a flow, or runs one that runs on demand.
	 * @param clientToken by which AppFlow tells a repetition from a second command
	 * @return what came of it, always: it throws nothing
	 */
	public CommandOutcome start(String flowName, String clientToken) {
		return command(Operation.START_FLOW,
				appFlow -> appFlow.startFlow(query -> query.flowName(flowName).clientToken(clientToken)),
				answer -> new CommandOutcome.Done(answer.flowStatusAsString(), answer.executionId()));
	}

	/**
	 * Deactivates a flow.
	 * @return what came of it, always: it throws nothing
	 */
	public CommandOutcome stop(String flowName) {
		return command(Operation.STOP_FLOW, appFlow -> appFlow.stopFlow(query -> query.flowName(flowName)),
				answer -> new CommandOutcome.Done(answer.flowStatusAsString(), null));
	}

	/**
	 * Looks for a connection by its name.
	 * @return empty if there is none of that name
	 * @throws CallFailed if AWS gave no answer in time
	 */
	public Optional<Connection> connection(String name, Deadline deadline) {
		return look(Operation.DESCRIBE_CONNECTOR_PROFILES, deadline,
				(appFlow, within) -> appFlow.describeConnectorProfiles(
						query -> query.connectorProfileNames(name).overrideConfiguration(within)),
				answer -> answer.connectorProfileDetails()
					.stream()
					.filter(profile -> name.equals(profile.connectorProfileName()))
					.findFirst()
					.map(Connection::of))
			.flatMap(Function.identity());
	}

	/**
	 * Lists the fields of an object, which asks its source.
	 * @param connectorType as AppFlow spells it
	 * @return empty if the source has no such object
	 * @throws CallFailed if the source gave no answer, or AWS none in time
	 */
	public Optional<List<SourceField>> fields(String connectorType, @Nullable String connection, String object,
			Deadline deadline) {
		return look(Operation.DESCRIBE_CONNECTOR_ENTITY, deadline,
				(appFlow,
						within) -> appFlow.describeConnectorEntity(query -> query.connectorType(connectorType)
							.connectorProfileName(connection)
							.connectorEntityName(object)
							.overrideConfiguration(within)),
				answer -> answer.connectorEntityFields().stream().map(SourceField::of).toList());
	}

	private <A extends AwsResponse, T> Optional<T> call(Operation operation, Priority priority,
			Function<AppflowAsyncClient, CompletableFuture<A>> call, Function<A, T> translation) {
		return calls.appFlow(operation, priority, client.timeout(), onClient(call), translation);
	}

	private <A> Supplier<CompletableFuture<A>> onClient(Function<AppflowAsyncClient, CompletableFuture<A>> call) {
		return () -> call.apply(client.get());
	}

	private <A extends AwsResponse, T> Optional<T> look(Operation operation, Deadline deadline, Look<A> look,
			Function<A, T> translation) {
		var left = deadline.remaining();
		return calls.appFlow(operation, Priority.CALLER, left, () -> look.at(client.get(), endingBy(deadline)),
				translation);
	}

	private static AwsRequestOverrideConfiguration endingBy(Deadline deadline) {
		var timeout = deadline.remaining().plusMillis(1);
		return AwsRequestOverrideConfiguration.builder().apiCallTimeout(timeout).apiCallAttemptTimeout(timeout).build();
	}

	private <A extends AwsResponse> CommandOutcome command(Operation operation,
			Function<AppflowAsyncClient, CompletableFuture<A>> call, Function<A, CommandOutcome> translation) {
		try {
			return call(operation, Priority.CALLER, call, translation).orElseGet(CommandOutcome.Gone::new);
		}
		catch (CallFailed failure) {
			if (failure.isOwnCredentials()) {
				return new CommandOutcome.Refused(
						"This service has no permission for %s, or AWS does not accept its credentials"
							.formatted(operation.action()));
			}
			return failure.isRefused() ? new CommandOutcome.Refused(failure.reason())
					: new CommandOutcome.Unsettled(failure.reason());
		}
	}

	private static FlowPage page(ListFlowsResponse answer) {
		return new FlowPage(answer.flows().stream().map(AppFlow::listed).toList(), answer.nextToken());
	}

	private static ListedFlow listed(FlowDefinition flow) {
		return listed(Objects.requireNonNull(flow.flowName(), "a listed flow has no name"), flow.flowStatusAsString(),
				flow.triggerTypeAsString(), flow.lastUpdatedAt(), flow.lastRunExecutionDetails());
	}

	private static ListedFlow listed(String flowName, @Nullable String status, @Nullable String triggerType,
			java.time.@Nullable Instant updatedAt, @Nullable ExecutionDetails lastRun) {
		if (lastRun == null) {
			return new ListedFlow(flowName, status, triggerType, updatedAt, null, null, null);
		}
		return new ListedFlow(flowName, status, triggerType, updatedAt, lastRun.mostRecentExecutionStatusAsString(),
				lastRun.mostRecentExecutionTime(), lastRun.mostRecentExecutionMessage());
	}

	private static DescribedFlow described(DescribeFlowResponse answer) {
		var trigger = answer.triggerConfig();
		var listed = listed(Objects.requireNonNull(answer.flowName(), "a flow has no name"),
				answer.flowStatusAsString(), (trigger != null) ? trigger.triggerTypeAsString() : null,
				answer.lastUpdatedAt(), answer.lastRunExecutionDetails());
		return new DescribedFlow(listed, answer.flowStatusMessage(), Members.of(answer));
	}

	private static RunPage runs(DescribeFlowExecutionRecordsResponse answer) {
		return new RunPage(answer.flowExecutions().stream().map(AppFlow::run).toList(), answer.nextToken());
	}

	private static RemoteRun run(ExecutionRecord run) {
		var result = run.executionResult();
		var error = (result != null) ? result.errorInfo() : null;
		return new RemoteRun(Objects.requireNonNull(run.executionId(), "a run has no id"),
				run.executionStatusAsString(), run.startedAt(), run.lastUpdatedAt(),
				(result != null) ? result.recordsProcessed() : null, (error != null) ? error.putFailuresCount() : null,
				(error != null) ? error.executionMessage() : null);
	}

	private interface Look<A> {

		CompletableFuture<A> at(AppflowAsyncClient appFlow, AwsRequestOverrideConfiguration within);

	}

}
