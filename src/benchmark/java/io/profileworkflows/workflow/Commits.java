package io.profileworkflows.workflow;

import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

import io.profileworkflows.workflow.Arrival.Outcome;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.Advisor;
import org.springframework.aop.ClassFilter;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.NameMatchMethodPointcut;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Role;
import org.springframework.core.Ordered;

/**
 * Notices when requests are committed: around the transaction that takes them in, which
 * may be of many, and before those who wait for it go on.
 */
public class Commits {

	private volatile Consumer<UUID> listener = _ -> {
	};

	/** Is told the id of each workflow that is accepted, right after the commit. */
	public void onAccept(Consumer<UUID> listener) {
		this.listener = listener;
	}

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	Advisor afterTheTransaction() {
		var transactions = new NameMatchMethodPointcut();
		transactions.setClassFilter((ClassFilter) Intake.class::isAssignableFrom);
		transactions.setMappedNames("add", "addOrGiveUp");
		var advisor = new DefaultPointcutAdvisor(transactions, (MethodInterceptor) this::proceed);
		advisor.setOrder(Ordered.HIGHEST_PRECEDENCE);
		return advisor;
	}

	private @Nullable Object proceed(MethodInvocation transaction) throws Throwable {
		var outcomes = transaction.proceed();
		if (outcomes instanceof Map<?, ?> ofAll) {
			ofAll.forEach((arrival, outcome) -> {
				if (arrival instanceof Arrival added && outcome == Outcome.ADDED) {
					listener.accept(added.workflow().id().value());
				}
			});
		}
		return outcomes;
	}

}
