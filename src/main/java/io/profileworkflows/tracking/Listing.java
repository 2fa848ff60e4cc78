package io.profileworkflows.tracking;

import java.util.List;
import java.util.function.Predicate;

import io.profileworkflows.customerprofiles.CallFailed;
import io.profileworkflows.customerprofiles.CustomerProfiles;
import io.profileworkflows.customerprofiles.Priority;
import io.profileworkflows.customerprofiles.RemoteListItem;
import io.profileworkflows.customerprofiles.RemotePage;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Turns the pages of what AWS lists in a domain.
 */
@Component
class Listing {

	/** What is listed of a domain that AWS does not know. */
	private static final RemotePage NOTHING = new RemotePage(List.of(), null);

	/** A token may expire while its page waits for the budget. */
	private static final int MOST_RESTARTS = 2;

	private final CustomerProfiles customerProfiles;

	Listing(CustomerProfiles customerProfiles) {
		this.customerProfiles = customerProfiles;
	}

	/**
	 * Reads page by page. Where AWS takes a token no longer, it begins again, so that
	 * items may come twice.
	 * @param page whether to turn to the next
	 * @throws CallFailed when AWS gave no answer
	 */
	void read(String domainName, List<Window> windows, Predicate<List<RemoteListItem>> page) {
		var restarts = 0;
		for (var window : windows) {
			String token = null;
			var hasMore = true;
			while (hasMore) {
				RemotePage read;
				try {
					read = list(domainName, window, token);
				}
				catch (CallFailed failure) {
					if (token == null || !failure.isRefused() || restarts++ == MOST_RESTARTS) {
						throw failure;
					}
					token = null;
					continue;
				}
				if (!page.test(read.items())) {
					return;
				}
				token = read.nextToken();
				hasMore = token != null;
			}
		}
	}

	private RemotePage list(String domainName, Window window, @Nullable String token) {
		return customerProfiles.list(Priority.SWEEP, domainName, window.from(), window.to(), token).orElse(NOTHING);
	}

}
