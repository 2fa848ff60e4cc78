package io.profileworkflows;

import java.time.Clock;
import java.util.Arrays;

import io.profileworkflows.start.Prerequisites;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;

/**
 * The service: HTTP API and worker in one process. Any number of replicas can run.
 */
@SpringBootApplication
@ConfigurationPropertiesScan
public class ProfileWorkflowsApplication {

	/**
	 * @param args those of Spring; after {@code migrate}, for the migration alone
	 */
	public static void main(String[] args) {
		if (args.length > 0 && args[0].equals(Migration.COMMAND)) {
			Migration.run(Arrays.copyOfRange(args, 1, args.length));
			return;
		}
		var application = new SpringApplication(ProfileWorkflowsApplication.class);
		application.addInitializers(Prerequisites.ofService());
		application.run(args);
	}

	@Bean
	Clock clock() {
		return Clock.systemUTC();
	}

}
