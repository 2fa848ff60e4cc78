package io.profileworkflows;

import io.profileworkflows.integration.Sample;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A dry run however it is asked for, through a real server: only that tells a parameter
 * without a value from one that is not there.
 */
@ServiceTest
class DryRunTests {

	private final Curl curl;

	DryRunTests(@LocalServerPort int port) {
		this.curl = new Curl(port);
	}

	@ParameterizedTest
	@CsvSource({ "?dry-run, 200", "?dry-run=, 200", "?dry-run=true, 200", "?dryrun, 400", "?dry_run=true, 400",
			"?dry-run&dryrun, 400", "?dry-run=no, 400" })
	void storesNothing(String query, int status) {
		var request = Sample.complete().withText("/DomainName", "dry-runs");

		var answer = curl.post("/domains/dry-runs/workflows/integrations" + query, request.bytes(), "Content-Type",
				"application/json");

		assertThat(answer.status()).as(answer.body().toString()).isEqualTo(status);
		assertThat(curl.get("/workflows?domain=dry-runs").body().at("/Items")).isEmpty();
	}

}
