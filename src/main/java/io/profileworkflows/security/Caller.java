package io.profileworkflows.security;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * The sender of a request, and what they may do. All questions about rights are answered
 * here.
 */
public final class Caller {

	private static final String KEY_OF = "key of ";

	private static final String TOKEN_OF = "token of ";

	/** Where nobody has to say who they are. */
	static final Caller ANYBODY = new Caller("anonymous", Grants.EVERYTHING, false);

	/** A caller who came in without being asked, which nobody should. */
	private static final Caller STRANGER = new Caller("unknown", Grants.NONE, false);

	private final String name;

	private final Grants grants;

	private final boolean signing;

	private final Standing standing;

	private Caller(String name, Grants grants, boolean signing) {
		this(name, grants, signing, new Standing(() -> Optional.of(grants), null));
	}

	private Caller(String name, Grants grants, boolean signing, Standing standing) {
		this.name = name;
		this.grants = grants;
		this.signing = signing;
		this.standing = standing;
	}

	static Caller withToken(String name, Grants grants) {
		return new Caller(name, grants, false);
	}

	static Caller withAccessKey(String client, Grants grants) {
		return new Caller(client, grants, true);
	}

	/**
	 * The same as long as a key is known.
	 * @param now asked again and again: what the key grants, if it is still known
	 */
	Caller asLongAs(Supplier<Optional<Grants>> now) {
		return new Caller(name, grants, signing, new Standing(now, null));
	}

	/** The same until a token expires. */
	Caller until(Instant end, Clock clock) {
		return new Caller(name, grants, signing,
				new Standing(() -> clock.instant().isBefore(end) ? Optional.of(grants) : Optional.empty(),
						() -> Duration.between(clock.instant(), end)));
	}

	/**
	 * The same until then or until they sign out.
	 * @param isSignedIn asked again and again
	 */
	Caller whileSignedIn(Instant end, Clock clock, BooleanSupplier isSignedIn) {
		var token = until(end, clock).standing;
		return new Caller(name, grants, signing,
				new Standing(() -> token.now().get().filter(_ -> isSignedIn.getAsBoolean()), token.timeLeft()));
	}

	/**
	 * The one whose request this thread is answering.
	 */
	public static Caller current() {
		var authentication = SecurityContextHolder.getContext().getAuthentication();
		return (authentication != null && authentication.getPrincipal() instanceof Caller caller) ? caller : STRANGER;
	}

	/**
	 * A digest of the signature of the request that this thread is answering. No other
	 * request has the same, unless somebody sends one again.
	 * @return null when it has no signature
	 */
	public static @Nullable String currentSignature() {
		var authentication = SecurityContextHolder.getContext().getAuthentication();
		var signed = (authentication instanceof CallerAuthentication caller) ? caller.signed() : null;
		return (signed != null) ? signed.digest() : null;
	}

	Grants grants() {
		return grants;
	}

	public String name() {
		return name;
	}

	/**
	 * Tells callers apart that have the same name, as the owner of an access key and the
	 * subject of a token may.
	 */
	public boolean isSigning() {
		return signing;
	}

	/**
	 * Names them among all callers, for what each may have only so much of.
	 * @return null for those who did not have to say who they are
	 */
	public @Nullable String identity() {
		return (this == ANYBODY || this == STRANGER) ? null : (signing ? KEY_OF : TOKEN_OF) + name;
	}

	/** The client in the identity of an owner of access keys. */
	static Optional<String> clientIn(String identity) {
		return identity.startsWith(KEY_OF) ? Optional.of(identity.substring(KEY_OF.length())) : Optional.empty();
	}

	public boolean may(Role role, String domainName) {
		return domains(role).include(domainName);
	}

	public boolean mayEverywhere(Role role) {
		return domains(role).includeEverything();
	}

	/**
	 * For what names its domain in its body.
	 * @throws NotVisible when the caller may not even see the domain
	 * @throws AccessDeniedException when the caller may see it, and no more
	 */
	public void require(Role role, String domainName) {
		if (!may(Role.READER, domainName)) {
			throw NotVisible.domain(domainName);
		}
		AccessCheck.permit(may(role, domainName), role, "domain " + domainName);
	}

	/**
	 * Whether the key or token of a request that is still being answered would let the
	 * caller do this now.
	 */
	public boolean stillMay(Role role, String domainName) {
		return standing.now().get().map(granted -> granted.domainsOf(role).include(domainName)).orElse(false);
	}

	/** The same for any domain at all. */
	public boolean stillMaySomewhere(Role role) {
		return standing.now().get().map(granted -> !granted.domainsOf(role).isEmpty()).orElse(false);
	}

	/**
	 * How long the caller's token is valid.
	 * @return null when it has no end, as a key
	 */
	public @Nullable Duration timeLeft() {
		return (standing.timeLeft() != null) ? standing.timeLeft().get() : null;
	}

	/** The domains in which the caller has that role, or one that includes it. */
	public Wildcards domains(Role role) {
		return grants.domainsOf(role);
	}

	/** A caller who may do anything at all may read. */
	boolean hasRoles() {
		return !domains(Role.READER).isEmpty();
	}

	@Override
	public String toString() {
		return name;
	}

	/**
	 * What becomes of a caller's rights while a request is answered.
	 *
	 * @param timeLeft null when they have no end that is known
	 */
	private record Standing(Supplier<Optional<Grants>> now, @Nullable Supplier<Duration> timeLeft) {
	}

}
