package io.profileworkflows.telemetry;

import java.util.Set;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationPredicate;

import org.springframework.http.server.observation.ServerRequestObservationContext;
import org.springframework.stereotype.Component;

/**
 * Leaves the checks of load balancers out of metrics and traces of requests: they come
 * every few seconds, and a replica that says it is not ready has answered well.
 */
@Component
class OwnChecks implements ObservationPredicate {

	private static final Set<String> PATHS = Set.of("/livez", "/readyz");

	@Override
	public boolean test(String name, Observation.Context context) {
		return !(context instanceof ServerRequestObservationContext request) || request.getCarrier() == null
				|| !PATHS.contains(request.getCarrier().getRequestURI());
	}

}
