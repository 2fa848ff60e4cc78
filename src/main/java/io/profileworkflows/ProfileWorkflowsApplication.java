package io.profileworkflows;

import java.time.Clock;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;

/**
 * The service: REST facade and worker in one process, as many replicas as wanted.
 */
@SpringBootApplication
@ConfigurationPropertiesScan
public class ProfileWorkflowsApplication {

	public static void main(String[] args) {
		SpringApplication.run(ProfileWorkflowsApplication.class, args);
	}

	@Bean
	Clock clock() {
		return Clock.systemUTC();
	}

}
