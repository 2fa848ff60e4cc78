package io.profileworkflows.threads;

import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;

/**
 * Lets all modules do something now and then.
 */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class Scheduling {

}
