package io.profileworkflows.customerprofiles;

import java.time.Duration;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.services.customerprofiles.model.ListIntegrationsResponse;

import org.springframework.stereotype.Component;

/**
 * Reads what Customer Profiles has besides workflows. A caller waits for each answer, so
 * each call ends by the caller's deadline. Nothing else depends on these calls, so their
 * failures stop no other calls.
 */
@Component
public class ProfileResources {

	private static final int PAGE_SIZE = 100;

	private static final Duration SHORTEST = Duration.ofMillis(1);

	private final Clients clients;

	private final UpstreamCalls calls;

	ProfileResources(Clients clients, UpstreamCalls calls) {
		this.clients = clients;
		this.calls = calls;
	}

	/**
	 * Looks at a domain.
	 * @return empty if AWS does not know it, or does not show it to us
	 * @throws CallFailed if AWS gave no answer in time
	 */
	public Optional<RemoteDomain> find(String domainName, Deadline deadline) {
		return calls.look(Operation.GET_DOMAIN, deadline,
				() -> clients.looking()
					.getDomain(query -> query.domainName(domainName).overrideConfiguration(endingBy(deadline))),
				answer -> new RemoteDomain(domainName, answer.defaultEncryptionKey()));
	}

	/**
	 * Looks for a profile object type.
	 * @return false if AWS does not know it in this domain, or does not show it to us
	 * @throws CallFailed if AWS gave no answer in time
	 */
	public boolean hasObjectType(String domainName, String objectTypeName, Deadline deadline) {
		return calls
			.look(Operation.GET_PROFILE_OBJECT_TYPE, deadline,
					() -> clients.looking()
						.getProfileObjectType(query -> query.domainName(domainName)
							.objectTypeName(objectTypeName)
							.overrideConfiguration(endingBy(deadline))),
					_ -> true)
			.orElse(false);
	}

	/**
	 * Counts the integrations of a domain, page by page.
	 * @param enough the number from which on it need not be exact
	 * @return empty if AWS does not know the domain, or does not show it to us
	 * @throws CallFailed if AWS gave no answer in time: a part is never taken for all
	 */
	public Optional<Integer> countIntegrations(String domainName, int enough, Deadline deadline) {
		var counted = 0;
		@Nullable String nextToken = null;
		do {
			var token = nextToken;
			var page = calls.look(Operation.LIST_INTEGRATIONS, deadline,
					() -> clients.looking()
						.listIntegrations(query -> query.domainName(domainName)
							.nextToken(token)
							.maxResults(PAGE_SIZE)
							.overrideConfiguration(endingBy(deadline))),
					Page::of);
			if (page.isEmpty()) {
				return Optional.empty();
			}
			counted += page.get().integrations();
			nextToken = page.get().nextToken();
		}
		while (nextToken != null && counted < enough);
		return Optional.of(counted);
	}

	private static AwsRequestOverrideConfiguration endingBy(Deadline deadline) {
		var left = deadline.remaining();
		var timeout = (left.compareTo(SHORTEST) < 0) ? SHORTEST : left;
		return AwsRequestOverrideConfiguration.builder().apiCallTimeout(timeout).apiCallAttemptTimeout(timeout).build();
	}

	private record Page(int integrations, @Nullable String nextToken) {

		static Page of(ListIntegrationsResponse answer) {
			return new Page(answer.items().size(), answer.nextToken());
		}

	}

}
