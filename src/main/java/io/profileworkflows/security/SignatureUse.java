package io.profileworkflows.security;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * Uses up the signature of a request that is about to change something.
 *
 * @param used asked for late: what checks requests is made before the database is there
 */
record SignatureUse(ObjectProvider<UsedSignatures> used) {

	/**
	 * @throws SignatureUsed when another request came with the same signature
	 */
	void use(HttpServletRequest request) {
		if (request.getDispatcherType() == DispatcherType.REQUEST
				&& SecurityContextHolder.getContext().getAuthentication() instanceof CallerAuthentication caller) {
			var signed = caller.signed();
			if (signed != null) {
				used.getObject().use(signed.digest(), signed.time());
			}
		}
	}

}
