package io.profileworkflows.security;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Objects;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.client.oidc.authentication.OidcAuthorizationCodeAuthenticationProvider;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestCustomizers;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestRedirectFilter;
import org.springframework.security.oauth2.core.oidc.user.DefaultOidcUser;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.savedrequest.NullRequestCache;

/**
 * Lets people in to the page: those whom the identity provider knows, or everybody where
 * security is off. What they send is taken only from forms of the page itself.
 */
@Configuration(proxyBeanMethods = false)
class PageSecurity {

	static final String WELCOME = "/ui/welcome";

	private static final Logger log = LoggerFactory.getLogger(PageSecurity.class);

	private static final String SIGN_IN = "/ui/sign-in";

	/** Neither styles nor scripts within a page. */
	private static final String ONLY_OWN_FILES = "default-src 'none'; script-src 'self'; style-src 'self'; "
			+ "img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

	private static final String[] PAGE = { "/", "/ui", "/ui/**" };

	private static final String[] OPEN = { "/", WELCOME, "/ui/assets/**" };

	private final SecuritySettings settings;

	private final SignInSettings signIn;

	private final ObjectProvider<PageSessions> sessions;

	private final RequestLimits limits;

	private final Clock clock;

	PageSecurity(SecuritySettings settings, SignInSettings signIn, ObjectProvider<PageSessions> sessions,
			RequestLimits limits, Clock clock) {
		this.settings = settings;
		this.signIn = signIn;
		this.sessions = sessions;
		this.limits = limits;
		this.clock = clock;
	}

	@Bean
	@Order(1)
	SecurityFilterChain page(HttpSecurity http, LimitsSettings limitSettings, Bodies bodies,
			OAuth2ResourceServerProperties tokens) {
		http.securityMatcher(PAGE);
		SecurityConfiguration.guard(http, ONLY_OWN_FILES, limitSettings, bodies);
		http.requestCache(cache -> cache.requestCache(new NullRequestCache()));
		if (!settings.enabled()) {
			http.anonymous(anonymous -> anonymous.principal(Caller.ANYBODY))
				.authorizeHttpRequests(requests -> requests.anyRequest().permitAll());
		}
		else {
			http.authorizeHttpRequests(requests -> requests.dispatcherTypeMatchers(DispatcherType.ERROR)
				.permitAll()
				.requestMatchers(OPEN)
				.permitAll()
				.anyRequest()
				.authenticated())
				.exceptionHandling(failures -> failures.authenticationEntryPoint(this::askToSignIn))
				.addFilterBefore(new SessionFilter(sessions, SessionFilter.PAGE), AnonymousAuthenticationFilter.class);
		}
		if (settings.enabled() && signIn.isOffered()) {
			offerSignIn(http, new SignInClient(signIn, tokens.getJwt().getIssuerUri()));
		}
		return http.addFilterAfter(new RequestLimitFilter(limits), AnonymousAuthenticationFilter.class)
			.addFilterAfter(new BodyFilter(bodies), RequestLimitFilter.class)
			.addFilterAfter(new FormFilter(), BodyFilter.class)
			.addFilterAfter(forgeries(), FormFilter.class)
			.build();
	}

	/** Behind what reads the form, which has the token. */
	private CsrfFilter forgeries() {
		var tokens = new CookieCsrfTokenRepository();
		if (settings.enabled()) {
			tokens.setCookieName(PageCookie.CSRF.cookieName());
			tokens.setCookieCustomizer(cookie -> cookie.secure(true).path("/").sameSite("Lax"));
		}
		else {
			tokens.setCookieName("profile-workflows-csrf");
			tokens.setCookieCustomizer(cookie -> cookie.path("/").sameSite("Lax"));
		}
		var filter = new CsrfFilter(tokens);
		filter.setAccessDeniedHandler(this::refuseForm);
		return filter;
	}

	private void refuseForm(HttpServletRequest request, HttpServletResponse response, AccessDeniedException denied)
			throws IOException {
		if (!Caller.current().hasRoles()) {
			askToSignIn(request, response, null);
			return;
		}
		new Refusal("AccessDeniedException",
				"This form is none of the page, or too old: open it again. The browser must take cookies.")
			.attachTo(request);
		response.sendError(HttpStatus.FORBIDDEN.value());
	}

	/** Scripts of the page are told to load it anew, which then leads here. */
	private void askToSignIn(HttpServletRequest request, HttpServletResponse response,
			@Nullable AuthenticationException unknown) throws IOException {
		if (String.valueOf(request.getHeader(HttpHeaders.ACCEPT)).startsWith(MediaType.TEXT_EVENT_STREAM_VALUE)) {
			response.setStatus(HttpStatus.UNAUTHORIZED.value());
		}
		else if (request.getHeader("HX-Request") != null) {
			response.setHeader("HX-Refresh", "true");
			response.setStatus(HttpStatus.UNAUTHORIZED.value());
		}
		else if (!signIn.isOffered()) {
			response.sendRedirect(WELCOME);
		}
		else {
			var query = request.getQueryString();
			var isPage = request.getMethod().equals("GET");
			var to = request.getRequestURI() + ((query != null) ? "?" + query : "");
			response.sendRedirect(SIGN_IN + "/" + SignInRequests.REGISTRATION + (isPage
					? "?%s=%s".formatted(SignInRequests.TO, URLEncoder.encode(to, StandardCharsets.UTF_8)) : ""));
		}
	}

	private void offerSignIn(HttpSecurity http, SignInClient client) {
		var registrations = client.registrations();
		var begun = new SignInRequests(registrations);
		var requests = new DefaultOAuth2AuthorizationRequestResolver(registrations, SIGN_IN);
		requests.setAuthorizationRequestCustomizer(OAuth2AuthorizationRequestCustomizers.withPkce());
		http.oauth2Login(login -> login.clientRegistrationRepository(registrations)
			.authorizedClientRepository(new NoAuthorizedClients())
			.loginPage(WELCOME)
			.authorizationEndpoint(
					endpoint -> endpoint.authorizationRequestResolver(requests).authorizationRequestRepository(begun))
			.redirectionEndpoint(endpoint -> endpoint.baseUri(SignInClient.CALLBACK))
			.tokenEndpoint(endpoint -> endpoint.accessTokenResponseClient(client.tokens()))
			.userInfoEndpoint(
					endpoint -> endpoint.oidcUserService(signed -> new DefaultOidcUser(List.of(), signed.getIdToken())))
			.successHandler((request, response, signedIn) -> begin(signedIn, begun.pageAfter(request), response))
			.failureHandler(this::tellOfFailure)
			.withObjectPostProcessor(new ObjectPostProcessor<OidcAuthorizationCodeAuthenticationProvider>() {
				@Override
				public <O extends OidcAuthorizationCodeAuthenticationProvider> O postProcess(O provider) {
					provider.setJwtDecoderFactory(client.idTokens());
					return provider;
				}
			})
			.withObjectPostProcessor(new ObjectPostProcessor<OAuth2AuthorizationRequestRedirectFilter>() {
				@Override
				public <O extends OAuth2AuthorizationRequestRedirectFilter> O postProcess(O filter) {
					filter.setAuthenticationFailureHandler(PageSecurity.this::tellOfFailure);
					return filter;
				}
			}));
	}

	private void begin(Authentication signedIn, String page, HttpServletResponse response) throws IOException {
		try {
			var user = (OidcUser) Objects.requireNonNull(signedIn.getPrincipal());
			var caller = new TokenOwners(settings.claims(), clock).owner(user.getClaims());
			var token = sessions.getObject().begin(caller, signIn.sessionTime());
			PageCookie.SESSION.set(token, signIn.sessionTime(), response);
			response.sendRedirect(page);
		}
		catch (InvalidBearerTokenException failure) {
			log.warn("Somebody signed in whom the id token does not name: {}", failure.getMessage());
			response.sendRedirect(WELCOME + "?because=failed");
		}
	}

	private void tellOfFailure(HttpServletRequest request, HttpServletResponse response,
			AuthenticationException failure) throws IOException {
		var throttled = limits.failure(request.getRemoteAddr());
		if (throttled.isPresent()) {
			throttled.get().send(request, response);
			return;
		}
		log.warn("A sign-in failed: {}", failure.getMessage());
		response.sendRedirect(WELCOME + "?because=failed");
	}

}
