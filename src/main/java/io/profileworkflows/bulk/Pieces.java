package io.profileworkflows.bulk;

import java.io.IOException;

import org.jspecify.annotations.Nullable;

/**
 * Cuts a body into its requests, one after another and without reading ahead, so that
 * only one of them is in memory at a time.
 */
interface Pieces {

	/**
	 * @return null when there are no more, also after one that is unreadable
	 */
	@Nullable Piece next() throws IOException;

}
