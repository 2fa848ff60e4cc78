package io.profileworkflows.torture;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;

import io.profileworkflows.ProfileWorkflowsApplication;
import io.profileworkflows.outbox.ClaimedTask;
import io.profileworkflows.workflow.WorkKinds;
import org.aopalliance.intercept.MethodInterceptor;

import org.springframework.aop.Advisor;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.StaticMethodMatcherPointcut;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.SpringApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Role;
import org.springframework.core.Ordered;

/**
 * The application with a failpoint woven around one method of one bean, outside of its
 * transaction. Production code knows nothing of it.
 */
final class MortalApplication {

	private MortalApplication() {
	}

	public static void main(String[] args) {
		SpringApplication.from(ProfileWorkflowsApplication::main).with(Weaving.class).run(args);
	}

	/** Whether a create of this process began in the transaction that accepted it. */
	private static final AtomicBoolean STRAIGHT = new AtomicBoolean();

	static final class Weaving {

		@Bean
		@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
		static Advisor failpoint() {
			var failpoint = Failpoint.valueOf(System.getProperty(Failpoint.PROPERTY));
			var advisor = new DefaultPointcutAdvisor(new Place(failpoint), (MethodInterceptor) invocation -> {
				if (isTheStraightWay(invocation.getMethod())) {
					STRAIGHT.set(true);
					return invocation.proceed();
				}
				if (isOfAnotherKind(invocation.getArguments()) || failpoint.isOfTheStraightWay() && !STRAIGHT.get()) {
					return invocation.proceed();
				}
				if (!failpoint.isAfter()) {
					failpoint.halt();
				}
				var result = invocation.proceed();
				failpoint.halt();
				return result;
			});
			advisor.setOrder(Ordered.HIGHEST_PRECEDENCE);
			return advisor;
		}

	}

	/** No other way calls it. */
	private static boolean isTheStraightWay(Method method) {
		return method.getName().equals("beginNew");
	}

	/** Sweeps run as well, and all work is done alike. */
	private static boolean isOfAnotherKind(Object[] arguments) {
		return Arrays.stream(arguments)
			.anyMatch(argument -> argument instanceof ClaimedTask task
					&& !task.work().kind().equals(WorkKinds.SUBMISSION));
	}

	private static final class Place extends StaticMethodMatcherPointcut {

		private final Failpoint failpoint;

		Place(Failpoint failpoint) {
			this.failpoint = failpoint;
			setClassFilter(type -> type.getPackageName().startsWith("io.profileworkflows")
					&& (type.getSimpleName().equals(failpoint.type()) || type.getSimpleName().equals("Settlement")));
		}

		@Override
		public boolean matches(Method method, Class<?> type) {
			return type.getSimpleName().equals(failpoint.type()) && method.getName().equals(failpoint.method())
					|| failpoint.isOfTheStraightWay() && isTheStraightWay(method);
		}

	}

}
