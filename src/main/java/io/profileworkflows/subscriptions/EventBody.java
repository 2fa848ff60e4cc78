package io.profileworkflows.subscriptions;

import io.profileworkflows.deployment.Deployment;
import io.profileworkflows.workflow.WorkflowId;

import org.springframework.stereotype.Component;

/**
 * Writes events. What is put together here needs no escaping: names of types, ids, times,
 * and names of domains; the data is JSON already, and stays as it is.
 */
@Component
class EventBody {

	static final String JSON = "application/json";

	static final String CLOUD_EVENTS = "application/cloudevents+json; charset=utf-8";

	private final Deployment deployment;

	EventBody(Deployment deployment) {
		this.deployment = deployment;
	}

	String contentType(Subscription subscription) {
		return switch (subscription.format()) {
			case StandardWebhooks -> JSON;
			case CloudEvents -> CLOUD_EVENTS;
		};
	}

	String of(Subscription subscription, DueDelivery due) {
		return switch (subscription.format()) {
			case StandardWebhooks -> """
					{"type":"%s","timestamp":"%s","data":%s}""".formatted(due.type(), due.at(), due.data());
			case CloudEvents -> """
					{"specversion":"1.0","id":"%s","source":"%s",%s"type":"%s","time":"%s",\
					"datacontenttype":"application/json","data":%s}""".formatted(due.wireId(),
					source(subscription, due), subject(due), due.type(), due.at(), due.data());
		};
	}

	/**
	 * For those who give each delivery an id of their own, and do not show this one
	 * elsewhere.
	 */
	String withId(Subscription subscription, DueDelivery due) {
		return switch (subscription.format()) {
			case StandardWebhooks -> """
					{"id":"%s","type":"%s","timestamp":"%s","data":%s}""".formatted(due.wireId(), due.type(), due.at(),
					due.data());
			case CloudEvents -> of(subscription, due);
		};
	}

	String source(Subscription subscription, DueDelivery due) {
		return deployment
			.arn((due.domainName() != null) ? "domains/" + due.domainName() : "subscriptions/" + subscription.wireId());
	}

	private static String subject(DueDelivery due) {
		return (due.workflow() != null) ? "\"subject\":\"workflows/%s\",".formatted(new WorkflowId(due.workflow()))
				: "";
	}

}
