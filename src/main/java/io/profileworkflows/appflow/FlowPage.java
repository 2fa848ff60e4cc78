package io.profileworkflows.appflow;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A page of the flows of the account.
 *
 * @param nextToken null on the last page
 */
public record FlowPage(List<ListedFlow> flows, @Nullable String nextToken) {
}
