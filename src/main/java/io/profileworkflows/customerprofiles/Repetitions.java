package io.profileworkflows.customerprofiles;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;

import org.springframework.stereotype.Component;

/**
 * Charges the budget for what the SDK sends again by itself.
 */
@Component
class Repetitions implements ExecutionInterceptor {

	private static final ExecutionAttribute<AtomicInteger> SENT = new ExecutionAttribute<>("Sent");

	private final Budget budget;

	Repetitions(Budget budget) {
		this.budget = budget;
	}

	@Override
	public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
		attributes.putAttribute(SENT, new AtomicInteger());
	}

	@Override
	public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
		attributes.getAttribute(SENT).incrementAndGet();
	}

	@Override
	public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
		charge(attributes);
	}

	@Override
	public void onExecutionFailure(Context.FailedExecution context, ExecutionAttributes attributes) {
		charge(attributes);
	}

	private void charge(ExecutionAttributes attributes) {
		var repeated = attributes.getAttribute(SENT).get() - 1;
		var name = attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME);
		if (repeated > 0) {
			Arrays.stream(Operation.values())
				.filter(operation -> operation.awsName().equals(name))
				.forEach(operation -> budget.charge(operation, repeated));
		}
	}

}
