package io.profileworkflows.security;

import java.util.Arrays;
import java.util.List;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;
import org.springframework.test.web.servlet.request.RequestPostProcessor;

/**
 * Callers of requests that no filter has to believe.
 */
public final class Callers {

	private Callers() {
	}

	/**
	 * @param grants as in {@code reader:*}
	 */
	public static RequestPostProcessor caller(String name, String... grants) {
		var caller = Caller.withToken(name,
				new Grants(Arrays.stream(grants).map(grant -> Grant.parse(grant, List.of()).orElseThrow()).toList()));
		return request -> {
			request.setAttribute(RequestAttributeSecurityContextRepository.DEFAULT_REQUEST_ATTR_NAME,
					new SecurityContextImpl(new CallerAuthentication(caller)));
			return request;
		};
	}

	/**
	 * Uses up what the owner of a token may ask for at this moment.
	 */
	public static void exhaust(BeanFactory beans, String name) {
		var limits = beans.getBean(RequestLimits.class);
		var caller = Caller.withToken(name, Grants.NONE);
		while (limits.request(caller).isEmpty()) {
			// until it is too much
		}
	}

}
