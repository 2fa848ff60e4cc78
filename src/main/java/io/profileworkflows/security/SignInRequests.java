package io.profileworkflows.security;

import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.web.AuthorizationRequestRepository;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.core.endpoint.PkceParameterNames;
import org.springframework.security.oauth2.core.oidc.OidcScopes;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;

/**
 * Remembers a sign-in that has begun in the browser that began it, so that any replica
 * can go on with it and a stranger costs no memory here.
 */
class SignInRequests implements AuthorizationRequestRepository<OAuth2AuthorizationRequest> {

	static final String REGISTRATION = "issuer";

	/** Where to go afterwards; a parameter of the sign-in's address. */
	static final String TO = "to";

	private static final String HOME = "/ui";

	/** Nowhere else, whatever somebody put into the address. */
	private static final Pattern OWN_PAGE = Pattern.compile("/ui(?:[/?][\\w/?&=.,:~%+-]{0,1000})?");

	private static final Duration AGE = Duration.ofMinutes(10);

	private static final int LONGEST = 4096;

	private final JsonMapper json = new JsonMapper();

	private final ClientRegistrationRepository clients;

	SignInRequests(ClientRegistrationRepository clients) {
		this.clients = clients;
	}

	@Override
	public void saveAuthorizationRequest(OAuth2AuthorizationRequest begun, HttpServletRequest request,
			HttpServletResponse response) {
		var remembered = new Remembered(begun.getRedirectUri(), begun.getState(),
				begun.getAttribute(OidcParameterNames.NONCE), begun.getAttribute(PkceParameterNames.CODE_VERIFIER),
				ownPage(request.getParameter(TO)));
		PageCookie.SIGN_IN.set(
				Base64.getUrlEncoder().withoutPadding().encodeToString(json.writeValueAsBytes(remembered)), AGE,
				response);
	}

	@Override
	public @Nullable OAuth2AuthorizationRequest loadAuthorizationRequest(HttpServletRequest request) {
		return remembered(request).filter(known -> Objects.equals(known.state, request.getParameter("state")))
			.map(this::begun)
			.orElse(null);
	}

	@Override
	public @Nullable OAuth2AuthorizationRequest removeAuthorizationRequest(HttpServletRequest request,
			HttpServletResponse response) {
		PageCookie.SIGN_IN.remove(response);
		return loadAuthorizationRequest(request);
	}

	/** Where the person wanted to go who has signed in now. */
	String pageAfter(HttpServletRequest request) {
		return remembered(request).map(known -> ownPage(known.to)).orElse(HOME);
	}

	private static String ownPage(@Nullable String address) {
		return (address != null && OWN_PAGE.matcher(address).matches()) ? address : HOME;
	}

	private OAuth2AuthorizationRequest begun(Remembered known) {
		var client = Objects.requireNonNull(clients.findByRegistrationId(REGISTRATION));
		return OAuth2AuthorizationRequest.authorizationCode()
			.authorizationUri(String.valueOf(client.getProviderDetails().getAuthorizationUri()))
			.clientId(client.getClientId())
			.redirectUri(known.redirectUri)
			.scope(OidcScopes.OPENID)
			.state(known.state)
			.attributes(attributes -> attributes
				.putAll(Map.of(OAuth2ParameterNames.REGISTRATION_ID, REGISTRATION, OidcParameterNames.NONCE,
						String.valueOf(known.nonce), PkceParameterNames.CODE_VERIFIER, String.valueOf(known.verifier))))
			.build();
	}

	private Optional<Remembered> remembered(HttpServletRequest request) {
		return PageCookie.SIGN_IN.in(request).filter(text -> text.length() <= LONGEST).map(this::read);
	}

	private @Nullable Remembered read(String text) {
		try {
			return json.readValue(Base64.getUrlDecoder().decode(text), Remembered.class);
		}
		catch (IllegalArgumentException | JacksonException _) {
			return null;
		}
	}

	/**
	 * What the browser keeps meanwhile. It is its own: who changes it cannot sign in.
	 */
	record Remembered(@Nullable String redirectUri, @Nullable String state, @Nullable String nonce,
			@Nullable String verifier, @Nullable String to) {
	}

}
