package io.profileworkflows.security;

import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

import io.profileworkflows.integration.DocumentReader;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets in callers who signed their request, as AWS does. Requests without a signature go
 * on to whatever else can tell who sent them.
 */
class SignatureFilter extends OncePerRequestFilter {

	private static final String ANY_SIGNATURE = "AWS4-";

	private static final Pattern OF_PRESIGNED = Pattern.compile("(^|&)x-amz-(algorithm|signature)=",
			Pattern.CASE_INSENSITIVE);

	private final RequestAttributeSecurityContextRepository contexts = new RequestAttributeSecurityContextRepository();

	private final SignatureCheck signatures;

	private final Bodies bodies;

	private final AuthenticationEntryPoint refusals;

	SignatureFilter(SignatureCheck signatures, Bodies bodies, AuthenticationEntryPoint refusals) {
		this.signatures = signatures;
		this.bodies = bodies;
		this.refusals = refusals;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		@Nullable HttpServletRequest read;
		try {
			read = authenticate(request, response);
		}
		catch (Refused failure) {
			refusals.commence(request, response, failure);
			return;
		}
		if (read != null) {
			chain.doFilter(read, response);
		}
	}

	/**
	 * @return null when its body is not there yet
	 */
	private @Nullable HttpServletRequest authenticate(HttpServletRequest request, HttpServletResponse response)
			throws IOException {
		if (isPresigned(request)) {
			throw Refused.signature("Presigned URLs are not accepted: sign the request in its Authorization header");
		}
		var authorization = authorizationOf(request);
		if (authorization == null) {
			return request;
		}
		var signature = Signature.parse(authorization);
		var signed = new SignedRequest(request.getMethod(), request.getRequestURI(), request.getQueryString(),
				headersOf(request), BodyContent.NONE);
		var key = signatures.admit(signature, signed);
		var most = Bodies.mostOf(request, DocumentReader.MAX_BYTES);
		var read = bodies.await(request, String.valueOf(key.owner().identity()), most);
		if (read == null) {
			return null;
		}
		if (read.body().length() > most) {
			throw Refused.tooLarge(most);
		}
		var caller = signatures.verify(signature, signed.withBody(read.body()), key);
		var context = new SecurityContextImpl(new CallerAuthentication(caller, new CallerAuthentication.Signed(
				signature.digest(), signature.timeOf(signed.header(SignatureCheck.DATE)))));
		SecurityContextHolder.setContext(context);
		contexts.saveContext(context, request, response);
		return read;
	}

	private static @Nullable String authorizationOf(HttpServletRequest request) {
		var all = Collections.list(request.getHeaders(HttpHeaders.AUTHORIZATION));
		var signed = all.stream().filter(one -> one.startsWith(ANY_SIGNATURE)).findFirst();
		if (signed.isEmpty()) {
			return null;
		}
		if (!signed.get().startsWith(Signature.ALGORITHM + " ")) {
			throw Refused.incomplete("The algorithm of the signature must be " + Signature.ALGORITHM);
		}
		return signed.get();
	}

	private static boolean isPresigned(HttpServletRequest request) {
		var query = request.getQueryString();
		return query != null && OF_PRESIGNED.matcher(query).find();
	}

	private static Map<String, List<String>> headersOf(HttpServletRequest request) {
		var headers = new TreeMap<String, List<String>>();
		for (var name : Collections.list(request.getHeaderNames())) {
			headers.put(name.toLowerCase(Locale.ROOT), Collections.list(request.getHeaders(name)));
		}
		return headers;
	}

}
