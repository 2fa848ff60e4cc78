package io.profileworkflows.preflight;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;

import io.micrometer.context.ContextExecutorService;
import io.micrometer.context.ContextSnapshotFactory;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.profileworkflows.customerprofiles.Deadline;
import io.profileworkflows.integration.CreateIntegrationWorkflow;
import io.profileworkflows.integration.InvalidDocument;
import io.profileworkflows.integration.Violation;
import io.profileworkflows.threads.PlatformThreads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/**
 * Asks AWS, before it creates a workflow, whether everything exists that the request
 * names. All checks of a request run at the same time, and end within one time limit.
 */
@Component
public class Preflight implements AutoCloseable {

	private static final Logger log = LoggerFactory.getLogger(Preflight.class);

	/** Of four or five requests with all their checks; those of others wait. */
	private static final int THREADS = 32;

	/** What is logged there belongs to the request. */
	private final ExecutorService threads = ContextExecutorService.wrap(PlatformThreads.pool("preflight", THREADS),
			ContextSnapshotFactory.builder().build()::captureAll);

	private final Inspector inspector;

	private final PreflightSettings settings;

	private final MeterRegistry meters;

	Preflight(Inspector inspector, PreflightSettings settings, MeterRegistry meters) {
		this.inspector = inspector;
		this.settings = settings;
		this.meters = meters;
	}

	/** Makes all checks that concern a request. */
	public List<Finding> look(CreateIntegrationWorkflow request) {
		var deadline = Deadline.in(settings.timeLimit());
		var underWay = Arrays.stream(Check.values())
			.filter(check -> check.subjectIn(request) != null)
			.map(check -> CompletableFuture.supplyAsync(() -> find(check, request, deadline), threads))
			.toList();
		return underWay.stream().map(CompletableFuture::join).toList();
	}

	/** Whether requests are looked at that are no dry runs. */
	public boolean looksOnCreate() {
		return settings.onCreate() != OnCreate.OFF;
	}

	/**
	 * Lets a request pass, or does not. What is unknown never stops one.
	 * @return what is worth a warning
	 * @throws InvalidDocument if a workflow would surely go wrong and such requests are
	 * to be refused
	 */
	public List<Violation> admit(CreateIntegrationWorkflow request) {
		return switch (settings.onCreate()) {
			case OFF -> List.of();
			case WARN -> look(request).stream().filter(Finding::isFailed).map(Finding::toViolation).toList();
			case REFUSE -> {
				var findings = look(request);
				var decisive = findings.stream().filter(Finding::isDecisive).map(Finding::toViolation).toList();
				if (!decisive.isEmpty()) {
					throw new InvalidDocument(decisive);
				}
				yield findings.stream().filter(Finding::isFailed).map(Finding::toViolation).toList();
			}
		};
	}

	private Finding find(Check check, CreateIntegrationWorkflow request, Deadline deadline) {
		var finding = Finding.of(check, String.valueOf(check.subjectIn(request)), judge(check, request, deadline));
		Counter.builder("preflight.findings")
			.description("What looking at AWS beforehand found")
			.tag("check", name(check))
			.tag("result", name(finding.result()))
			.register(meters)
			.increment();
		return finding;
	}

	private Verdict judge(Check check, CreateIntegrationWorkflow request, Deadline deadline) {
		if (!settings.checks().contains(check)) {
			return Verdict.unknown("This check is switched off (preflight.checks)");
		}
		try {
			return inspector.inspect(check, request, deadline);
		}
		catch (RuntimeException failure) {
			log.error("The check {} broke off", check, failure);
			return Verdict.unknown("The service failed; its log says more");
		}
	}

	private static String name(Enum<?> value) {
		return value.name().toLowerCase(Locale.ROOT);
	}

	@Override
	public void close() {
		threads.shutdownNow();
	}

}
