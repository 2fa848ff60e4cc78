package io.profileworkflows.security;

import java.io.IOException;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.prometheus.PrometheusScrapeEndpoint;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.CsrfConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.web.BearerTokenAuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.StrictHttpFirewall;

/**
 * Lets in callers with a bearer token, or everybody where security is off. No session and
 * no cookie, so that there is nothing to forge a request with.
 */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

	private static final BearerTokenAuthenticationEntryPoint CHALLENGE = new BearerTokenAuthenticationEntryPoint();

	@Bean
	SecurityFilterChain callers(HttpSecurity http, SecuritySettings settings, ObjectProvider<JwtDecoder> tokens) {
		http.csrf(CsrfConfigurer::disable)
			.sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS));
		if (!settings.enabled()) {
			return http.authorizeHttpRequests(requests -> requests.anyRequest().permitAll()).build();
		}
		if (tokens.getIfAvailable() == null) {
			throw new NobodyCanAuthenticate();
		}
		return http
			.authorizeHttpRequests(requests -> requests.dispatcherTypeMatchers(DispatcherType.ERROR)
				.permitAll()
				.requestMatchers(EndpointRequest.to(HealthEndpoint.class, PrometheusScrapeEndpoint.class))
				.permitAll()
				.anyRequest()
				.authenticated())
			.exceptionHandling(failures -> failures.authenticationEntryPoint(SecurityConfiguration::refuse))
			.oauth2ResourceServer(server -> server.jwt(Customizer.withDefaults())
				.authenticationEntryPoint(SecurityConfiguration::refuse))
			.build();
	}

	/** As an error of the server, so that the answer is like that of all others. */
	private static void refuse(HttpServletRequest request, HttpServletResponse response,
			AuthenticationException failure) throws IOException {
		CHALLENGE.commence(request, response, failure);
		response.sendError(response.getStatus());
	}

	/**
	 * The ARN of a workflow has slashes, and arrives percent-encoded as one segment of
	 * the path. It is taken apart by a strict pattern, never used as a path.
	 */
	@Bean
	HttpFirewall httpFirewall() {
		var firewall = new StrictHttpFirewall();
		firewall.setAllowUrlEncodedSlash(true);
		// the server leaves %2F as it is, which then counts as a percent sign
		firewall.setAllowUrlEncodedPercent(true);
		return firewall;
	}

}
