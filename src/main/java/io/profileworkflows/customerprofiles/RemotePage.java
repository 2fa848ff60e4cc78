package io.profileworkflows.customerprofiles;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A part of a listing.
 *
 * @param nextToken where the next part begins, null at the end
 */
public record RemotePage(List<RemoteListItem> items, @Nullable String nextToken) {

	public RemotePage {
		items = List.copyOf(items);
	}

}
