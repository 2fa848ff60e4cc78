package io.profileworkflows.outbox;

import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;

/**
 * Lets {@link OutboxMetrics} count now and then.
 */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class OutboxScheduling {

}
