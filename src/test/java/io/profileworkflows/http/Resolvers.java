package io.profileworkflows.http;

import org.springframework.web.method.support.HandlerMethodArgumentResolver;

/**
 * What reads the arguments of operations, for tests of modules that have operations.
 */
public final class Resolvers {

	private Resolvers() {
	}

	public static HandlerMethodArgumentResolver ofDocuments() {
		return new RequestDocumentResolver();
	}

}
