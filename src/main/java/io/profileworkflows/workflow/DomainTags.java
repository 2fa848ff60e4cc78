package io.profileworkflows.workflow;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.springframework.stereotype.Component;

/**
 * Domains as values of a tag: as many as are allowed by their names, in the order in
 * which this process meets them, and all others as one. Callers choose the names, and
 * each costs memory here and in whatever stores the metrics.
 */
@Component
class DomainTags {

	static final String OTHER = "other";

	private final Set<String> named = ConcurrentHashMap.newKeySet();

	private final int most;

	DomainTags(MetricsSettings settings) {
		this.most = settings.maxDomains();
	}

	String of(String domainName) {
		return (named.contains(domainName) || name(domainName)) ? domainName : OTHER;
	}

	private synchronized boolean name(String domainName) {
		return named.contains(domainName) || named.size() < most && named.add(domainName);
	}

}
