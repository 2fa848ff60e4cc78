package io.profileworkflows.security;

import java.time.Clock;
import java.util.Set;

import io.profileworkflows.start.CannotStart;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.endpoint.web.WebServerNamespace;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.prometheus.PrometheusScrapeEndpoint;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.JwkSetUriJwtDecoderBuilderCustomizer;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.security.config.annotation.web.configurers.CsrfConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter;
import org.springframework.security.web.session.DisableEncodeUrlFilter;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Lets in callers with a bearer token or a signature, or everybody where security is off.
 * No session and no cookie changes anything, so that there is nothing to forge a request
 * with.
 */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration implements WebMvcConfigurer {

	private static final Logger log = LoggerFactory.getLogger(SecurityConfiguration.class);

	/** Swagger UI sets styles on its elements, and has its pictures within them. */
	private static final String ONLY_OWN_CONTENT = "default-src 'self'; style-src 'self' 'unsafe-inline'; "
			+ "img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

	private static final Set<String> READS = Set.of("GET", "HEAD", "OPTIONS");

	private final SignatureUse signatures;

	SecurityConfiguration(ObjectProvider<UsedSignatures> used) {
		this.signatures = new SignatureUse(used);
	}

	@Bean
	@Order(Ordered.LOWEST_PRECEDENCE)
	SecurityFilterChain callers(HttpSecurity http, SecuritySettings settings, ObjectProvider<JwtDecoder> tokens,
			OAuth2ResourceServerProperties tokenSettings, AccessKeys keys, SignatureCheck signatures,
			LimitsSettings limitSettings, RequestLimits limits, Bodies bodies, Clock clock,
			ObjectProvider<PageSessions> sessions) {
		guard(http, ONLY_OWN_CONTENT, limitSettings, bodies);
		http.addFilterAfter(new BodyFilter(bodies), AnonymousAuthenticationFilter.class);
		if (!settings.enabled()) {
			return http.anonymous(anonymous -> anonymous.principal(Caller.ANYBODY))
				.authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
				.build();
		}
		var refusals = new Refusals(tokens.getIfAvailable() != null,
				!keys.isEmpty() || settings.accessKeysPath() != null, limits);
		if (!refusals.tokens() && keys.isEmpty()) {
			throw new CannotStart(
					"profile-workflows.security.enabled is true, but nothing is configured to authenticate callers",
					"Set spring.security.oauth2.resourceserver.jwt.issuer-uri (or jwk-set-uri) to accept bearer tokens, "
							+ "profile-workflows.security.access-keys or access-keys-file to accept signed requests, "
							+ "or profile-workflows.security.enabled=false where nobody else can reach the service.");
		}
		if (refusals.tokens()) {
			acceptTokens(http, new TokenOwners(settings.claims(), clock), refusals, tokenSettings);
		}
		return http.authorizeHttpRequests(this::restrict)
			.exceptionHandling(failures -> failures.authenticationEntryPoint(refusals))
			.addFilterBefore(new SessionFilter(sessions, SessionFilter.DESCRIPTION_OF_API),
					AnonymousAuthenticationFilter.class)
			.addFilterBefore(new SignatureFilter(signatures, bodies, refusals), AnonymousAuthenticationFilter.class)
			.addFilterAfter(new RequestLimitFilter(limits), AnonymousAuthenticationFilter.class)
			.build();
	}

	/** What comes before it is known who calls. There is no session of the server. */
	static void guard(HttpSecurity http, String contentPolicy, LimitsSettings limits, Bodies bodies) {
		http.csrf(CsrfConfigurer::disable)
			.sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
			.headers(headers -> protect(headers, contentPolicy))
			.addFilterBefore(new BodyArrivalFilter(bodies), DisableEncodeUrlFilter.class)
			.addFilterBefore(new ErrorPathFilter(), DisableEncodeUrlFilter.class)
			.addFilterBefore(new AuditFilter(), DisableEncodeUrlFilter.class)
			.addFilterBefore(new BodyRefusalFilter(limits.bodyTime()), DisableEncodeUrlFilter.class)
			.addFilterBefore(new RepeatedHeaderFilter(), DisableEncodeUrlFilter.class);
	}

	/**
	 * What browsers are told, beyond Spring Security's own: the page of the API needs
	 * nothing from elsewhere. Names below this one may be others'.
	 */
	private static void protect(HeadersConfigurer<HttpSecurity> headers, String contentPolicy) {
		headers.contentSecurityPolicy(policy -> policy.policyDirectives(contentPolicy))
			.referrerPolicy(referrer -> referrer.policy(ReferrerPolicyHeaderWriter.ReferrerPolicy.NO_REFERRER))
			.httpStrictTransportSecurity(transport -> transport.includeSubDomains(false));
	}

	private static void acceptTokens(HttpSecurity http, TokenOwners owners, Refusals refusals,
			OAuth2ResourceServerProperties tokenSettings) {
		if (tokenSettings.getJwt().getAudiences().isEmpty()) {
			log.warn("Tokens for any audience are accepted: set spring.security.oauth2.resourceserver.jwt.audiences");
		}
		http.oauth2ResourceServer(server -> server.jwt(jwt -> jwt.jwtAuthenticationConverter(owners))
			.authenticationEntryPoint(refusals)
			.withObjectPostProcessor(new ObjectPostProcessor<BearerTokenAuthenticationFilter>() {
				@Override
				public <O extends BearerTokenAuthenticationFilter> O postProcess(O filter) {
					filter.setAuthenticationFailureHandler(refusals);
					return filter;
				}
			}));
	}

	/** What an operation of the API needs beyond this, {@link AccessCheck} asks. */
	private void restrict(
			AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry requests) {
		requests.dispatcherTypeMatchers(DispatcherType.ERROR)
			.permitAll()
			.requestMatchers(EndpointRequest.to(HealthEndpoint.class, PrometheusScrapeEndpoint.class))
			.permitAll()
			.requestMatchers(EndpointRequest.toAdditionalPaths(WebServerNamespace.SERVER, HealthEndpoint.class))
			.permitAll()
			.requestMatchers(EndpointRequest.toAnyEndpoint())
			.access(operatorOfAllDomains())
			.anyRequest()
			.authenticated();
	}

	/** Actuator's endpoints know no domains. */
	private AuthorizationManager<RequestAuthorizationContext> operatorOfAllDomains() {
		return (authentication, context) -> {
			var isOperator = authentication.get().getPrincipal() instanceof Caller caller
					&& caller.mayEverywhere(Role.OPERATOR);
			if (isOperator && !READS.contains(context.getRequest().getMethod())) {
				useSignatureOf(context.getRequest());
			}
			return new AuthorizationDecision(isOperator);
		};
	}

	private void useSignatureOf(HttpServletRequest request) {
		try {
			signatures.use(request);
		}
		catch (SignatureUsed failure) {
			throw Refused.signature(String.valueOf(failure.getMessage()));
		}
	}

	@Override
	public void addInterceptors(InterceptorRegistry registry) {
		registry.addInterceptor(new AccessCheck(signatures));
	}

	@Bean
	static JwkSetUriJwtDecoderBuilderCustomizer issuerKeys() {
		var keys = new IssuerKeys(System::nanoTime);
		return decoder -> decoder.restOperations(keys.client());
	}

	/** They say nothing of a request that its own span does not say. */
	@Bean
	static SecurityObservationSettings securityObservations() {
		return SecurityObservationSettings.noObservations();
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
