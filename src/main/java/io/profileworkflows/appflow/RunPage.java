package io.profileworkflows.appflow;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A page of the runs of a flow, in an order that AWS does not document.
 *
 * @param nextToken null on the last page
 */
public record RunPage(List<RemoteRun> runs, @Nullable String nextToken) {
}
