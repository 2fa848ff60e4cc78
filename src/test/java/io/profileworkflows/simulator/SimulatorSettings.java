package io.profileworkflows.simulator;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;

import org.jspecify.annotations.Nullable;

/**
 * How the simulated account behaves.
 *
 * @param bindAddress 0.0.0.0 to be reached from other containers
 * @param port 0 for any free one
 * @param requestsPerSecond most calls of one operation in any second, 0 for no limit
 * @param retryAfter told to throttled callers, if set
 * @param startsAfter how long a workflow is NOT_STARTED
 * @param runsFor how long it is IN_PROGRESS after that
 * @param stepsOnlyOnceStarted whether GetWorkflowSteps is empty before that
 * @param stepsOfDuplicates whether a workflow that fails because its FlowName is taken
 * shows steps
 * @param batchSuffix format of what a step's FlowName ends with when there are several
 * @param encryptionKey of every domain, as GetDomain tells it
 * @param stateFile where the state survives a restart, if set
 * @param clock the time of the account; delays of faults pass in real time
 * @param callsKept how many of the latest calls the log keeps
 * @param signatureValidFor after its date, until which a request is taken: at AWS 5
 * minutes; for ever, if not set
 */
public record SimulatorSettings(String bindAddress, int port, int requestsPerSecond, @Nullable Duration retryAfter,
		Duration startsAfter, Duration runsFor, boolean stepsOnlyOnceStarted, boolean stepsOfDuplicates,
		String batchSuffix, int recordsPerStep, String accountId, String region, String encryptionKey,
		@Nullable Path stateFile, InstantSource clock, int callsKept, @Nullable Duration signatureValidFor) {

	public SimulatorSettings {
		if (port < 0 || port > 65_535) {
			throw new IllegalArgumentException("There is no port %s".formatted(port));
		}
		if (requestsPerSecond < 0 || recordsPerStep < 0 || callsKept < 1) {
			throw new IllegalArgumentException("Numbers of requests, records and calls cannot be negative");
		}
		if (startsAfter.isNegative() || runsFor.isNegative()) {
			throw new IllegalArgumentException("Durations cannot be negative");
		}
	}

	public static SimulatorSettings defaults() {
		return new SimulatorSettings("127.0.0.1", 0, 0, null, Duration.ofSeconds(1), Duration.ofSeconds(3), true, true,
				"-%d", 1_000, "123456789012", "eu-central-1",
				"arn:aws:kms:eu-central-1:123456789012:key/0b1c2d3e-4f50-6172-8394-a5b6c7d8e9f0", null,
				Clock.systemUTC(), 100_000, null);
	}

	public SimulatorSettings withBindAddress(String bindAddress) {
		return new SimulatorSettings(bindAddress, port, requestsPerSecond, retryAfter, startsAfter, runsFor,
				stepsOnlyOnceStarted, stepsOfDuplicates, batchSuffix, recordsPerStep, accountId, region, encryptionKey,
				stateFile, clock, callsKept, signatureValidFor);
	}

	public SimulatorSettings withPort(int port) {
		return new SimulatorSettings(bindAddress, port, requestsPerSecond, retryAfter, startsAfter, runsFor,
				stepsOnlyOnceStarted, stepsOfDuplicates, batchSuffix, recordsPerStep, accountId, region, encryptionKey,
				stateFile, clock, callsKept, signatureValidFor);
	}

	public SimulatorSettings withRequestsPerSecond(int requestsPerSecond) {
		return new SimulatorSettings(bindAddress, port, requestsPerSecond, retryAfter, startsAfter, runsFor,
				stepsOnlyOnceStarted, stepsOfDuplicates, batchSuffix, recordsPerStep, accountId, region, encryptionKey,
				stateFile, clock, callsKept, signatureValidFor);
	}

	public SimulatorSettings withRetryAfter(@Nullable Duration retryAfter) {
		return new SimulatorSettings(bindAddress, port, requestsPerSecond, retryAfter, startsAfter, runsFor,
				stepsOnlyOnceStarted, stepsOfDuplicates, batchSuffix, recordsPerStep, accountId, region, encryptionKey,
				stateFile, clock, callsKept, signatureValidFor);
	}

	public SimulatorSettings withDurations(Duration startsAfter, Duration runsFor) {
		return new SimulatorSettings(bindAddress, port, requestsPerSecond, retryAfter, startsAfter, runsFor,
				stepsOnlyOnceStarted, stepsOfDuplicates, batchSuffix, recordsPerStep, accountId, region, encryptionKey,
				stateFile, clock, callsKept, signatureValidFor);
	}

	public SimulatorSettings withSteps(boolean onlyOnceStarted, boolean ofDuplicates) {
		return new SimulatorSettings(bindAddress, port, requestsPerSecond, retryAfter, startsAfter, runsFor,
				onlyOnceStarted, ofDuplicates, batchSuffix, recordsPerStep, accountId, region, encryptionKey, stateFile,
				clock, callsKept, signatureValidFor);
	}

	public SimulatorSettings withBatchSuffix(String batchSuffix) {
		return new SimulatorSettings(bindAddress, port, requestsPerSecond, retryAfter, startsAfter, runsFor,
				stepsOnlyOnceStarted, stepsOfDuplicates, batchSuffix, recordsPerStep, accountId, region, encryptionKey,
				stateFile, clock, callsKept, signatureValidFor);
	}

	public SimulatorSettings withRecordsPerStep(int recordsPerStep) {
		return new SimulatorSettings(bindAddress, port, requestsPerSecond, retryAfter, startsAfter, runsFor,
				stepsOnlyOnceStarted, stepsOfDuplicates, batchSuffix, recordsPerStep, accountId, region, encryptionKey,
				stateFile, clock, callsKept, signatureValidFor);
	}

	public SimulatorSettings withAccount(String accountId, String region) {
		return new SimulatorSettings(bindAddress, port, requestsPerSecond, retryAfter, startsAfter, runsFor,
				stepsOnlyOnceStarted, stepsOfDuplicates, batchSuffix, recordsPerStep, accountId, region, encryptionKey,
				stateFile, clock, callsKept, signatureValidFor);
	}

	public SimulatorSettings withEncryptionKey(String encryptionKey) {
		return new SimulatorSettings(bindAddress, port, requestsPerSecond, retryAfter, startsAfter, runsFor,
				stepsOnlyOnceStarted, stepsOfDuplicates, batchSuffix, recordsPerStep, accountId, region, encryptionKey,
				stateFile, clock, callsKept, signatureValidFor);
	}

	public SimulatorSettings withStateFile(@Nullable Path stateFile) {
		return new SimulatorSettings(bindAddress, port, requestsPerSecond, retryAfter, startsAfter, runsFor,
				stepsOnlyOnceStarted, stepsOfDuplicates, batchSuffix, recordsPerStep, accountId, region, encryptionKey,
				stateFile, clock, callsKept, signatureValidFor);
	}

	public SimulatorSettings withClock(InstantSource clock) {
		return new SimulatorSettings(bindAddress, port, requestsPerSecond, retryAfter, startsAfter, runsFor,
				stepsOnlyOnceStarted, stepsOfDuplicates, batchSuffix, recordsPerStep, accountId, region, encryptionKey,
				stateFile, clock, callsKept, signatureValidFor);
	}

	public SimulatorSettings withCallsKept(int callsKept) {
		return new SimulatorSettings(bindAddress, port, requestsPerSecond, retryAfter, startsAfter, runsFor,
				stepsOnlyOnceStarted, stepsOfDuplicates, batchSuffix, recordsPerStep, accountId, region, encryptionKey,
				stateFile, clock, callsKept, signatureValidFor);
	}

	public SimulatorSettings withSignatureValidFor(@Nullable Duration signatureValidFor) {
		return new SimulatorSettings(bindAddress, port, requestsPerSecond, retryAfter, startsAfter, runsFor,
				stepsOnlyOnceStarted, stepsOfDuplicates, batchSuffix, recordsPerStep, accountId, region, encryptionKey,
				stateFile, clock, callsKept, signatureValidFor);
	}

}
