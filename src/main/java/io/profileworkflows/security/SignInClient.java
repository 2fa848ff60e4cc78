package io.profileworkflows.security;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.http.converter.FormHttpMessageConverter;
import org.springframework.security.oauth2.client.endpoint.OAuth2AccessTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.OAuth2AuthorizationCodeGrantRequest;
import org.springframework.security.oauth2.client.endpoint.RestClientAuthorizationCodeTokenResponseClient;
import org.springframework.security.oauth2.client.http.OAuth2ErrorResponseErrorHandler;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenDecoderFactory;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenValidator;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.client.registration.InMemoryClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.SupplierClientRegistrationRepository;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.converter.ClaimTypeConverter;
import org.springframework.security.oauth2.core.http.converter.OAuth2AccessTokenResponseHttpMessageConverter;
import org.springframework.security.oauth2.core.oidc.OidcScopes;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoderFactory;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.util.StringUtils;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;

/**
 * This service as a client of the identity provider: asks it nothing before somebody
 * signs in, and waits for no answer long.
 */
class SignInClient {

	static final String CALLBACK = "/ui/signed-in";

	private static final Duration PATIENCE = Duration.ofSeconds(5);

	private static final Set<SignatureAlgorithm> ALGORITHMS = Set.of(SignatureAlgorithm.RS256, SignatureAlgorithm.RS384,
			SignatureAlgorithm.RS512, SignatureAlgorithm.PS256, SignatureAlgorithm.ES256, SignatureAlgorithm.ES384);

	private static final ParameterizedTypeReference<Map<String, Object>> METADATA = new ParameterizedTypeReference<>() {
	};

	private final SignInSettings settings;

	private final String issuer;

	private final SimpleClientHttpRequestFactory transport = new SimpleClientHttpRequestFactory();

	SignInClient(SignInSettings settings, @Nullable String issuerOfTokens) {
		this.settings = settings;
		this.issuer = Stream.of(settings.issuerUri(), issuerOfTokens)
			.filter(StringUtils::hasText)
			.map(String::valueOf)
			.findFirst()
			.orElseThrow(() -> new IllegalStateException(
					"profile-workflows.sign-in.client-id is set, and profile-workflows.sign-in.issuer-uri is not"));
		transport.setConnectTimeout(PATIENCE);
		transport.setReadTimeout(PATIENCE);
	}

	ClientRegistrationRepository registrations() {
		return new SupplierClientRegistrationRepository(
				() -> new InMemoryClientRegistrationRepository(List.of(registration())));
	}

	private ClientRegistration registration() {
		var metadata = RestClient.builder()
			.requestFactory(transport)
			.build()
			.get()
			.uri(issuer.replaceFirst("/$", "") + "/.well-known/openid-configuration")
			.retrieve()
			.body(METADATA);
		if (metadata == null || !issuer.equals(metadata.get("issuer"))) {
			throw new IllegalStateException("The metadata of the identity provider are another one's than " + issuer);
		}
		var secret = settings.clientSecret();
		return ClientRegistrations.fromOidcConfiguration(metadata)
			.registrationId(SignInRequests.REGISTRATION)
			.clientId(String.valueOf(settings.clientId()))
			.clientSecret((secret != null) ? secret.value() : "")
			.clientAuthenticationMethod(
					(secret != null) ? ClientAuthenticationMethod.CLIENT_SECRET_BASIC : ClientAuthenticationMethod.NONE)
			.scope(OidcScopes.OPENID)
			.redirectUri((StringUtils.hasText(settings.publicUrl()) ? settings.publicUrl() : "{baseUrl}") + CALLBACK)
			.build();
	}

	OAuth2AccessTokenResponseClient<OAuth2AuthorizationCodeGrantRequest> tokens() {
		var client = new RestClientAuthorizationCodeTokenResponseClient();
		client.setRestClient(RestClient.builder()
			.requestFactory(transport)
			.configureMessageConverters(converters -> converters.addCustomConverter(new FormHttpMessageConverter())
				.addCustomConverter(new OAuth2AccessTokenResponseHttpMessageConverter()))
			.defaultStatusHandler(new OAuth2ErrorResponseErrorHandler())
			.build());
		return client;
	}

	JwtDecoderFactory<ClientRegistration> idTokens() {
		return this::decoder;
	}

	private JwtDecoder decoder(ClientRegistration client) {
		var decoder = NimbusJwtDecoder.withJwkSetUri(String.valueOf(client.getProviderDetails().getJwkSetUri()))
			.jwsAlgorithms(algorithms -> algorithms.addAll(ALGORITHMS))
			.restOperations(new RestTemplate(transport))
			.build();
		decoder.setJwtValidator(
				new DelegatingOAuth2TokenValidator<>(new JwtTimestampValidator(), new OidcIdTokenValidator(client)));
		decoder
			.setClaimSetConverter(new ClaimTypeConverter(OidcIdTokenDecoderFactory.createDefaultClaimTypeConverters()));
		return decoder;
	}

}
