package io.profileworkflows.submission;

import java.time.Instant;
import java.util.List;
import java.util.Set;

import io.profileworkflows.customerprofiles.Sighting;

/**
 * What one whole listing of a domain showed.
 *
 * @param begunAt before its first page was asked for, by the database's clock
 * @param isProof whether what is not in it was not there: false when AWS did not show the
 * domain at all
 * @param sightings workflows that nobody here holds
 * @param flowNames all FlowNames known here that one of those carries or begins with
 */
record Scan(Instant begunAt, boolean isProof, List<Sighting> sightings, Set<String> flowNames) {

	Scan {
		sightings = List.copyOf(sightings);
		flowNames = Set.copyOf(flowNames);
	}

}
