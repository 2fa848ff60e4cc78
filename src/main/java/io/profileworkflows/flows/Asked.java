package io.profileworkflows.flows;

import java.time.Instant;

import io.profileworkflows.integration.CreateIntegrationWorkflow;
import org.jspecify.annotations.Nullable;

/**
 * When a flow is to run.
 *
 * @param trigger AppFlow's word for it
 * @param schedule what it runs by, if that is a schedule
 */
record Asked(String trigger, @Nullable Timetable schedule) {

	static final String ON_DEMAND = "OnDemand";

	static final String SCHEDULED = "Scheduled";

	static Asked of(CreateIntegrationWorkflow request, Instant since) {
		var trigger = request.flowDefinition().triggerConfig();
		var properties = trigger.triggerProperties();
		var schedule = (properties != null) ? properties.scheduled() : null;
		return new Asked(trigger.triggerType().name(),
				(schedule == null) ? null : new Timetable(schedule.scheduleExpression(), schedule.scheduleStartTime(),
						schedule.scheduleEndTime(), schedule.timezone(), since));
	}

}
