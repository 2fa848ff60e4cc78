package io.profileworkflows;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Scrapes metrics as Prometheus does, while something goes on that shows them anew.
 */
public final class Scrapes {

	private static final int MANY = 2000;

	public final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

	/** Each time all of these lines are to be there. */
	public void showAllTheTime(Runnable anew, String... lines) {
		var goesOn = new AtomicBoolean(true);
		anew.run();
		var showing = CompletableFuture.runAsync(() -> {
			while (goesOn.get()) {
				anew.run();
			}
		});
		try {
			for (int scrape = 0; scrape < MANY; scrape++) {
				assertThat(registry.scrape().lines()).as("scrape %d", scrape).contains(lines);
			}
		}
		finally {
			goesOn.set(false);
			showing.join();
		}
	}

}
