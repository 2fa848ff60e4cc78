package io.profileworkflows.subscriptions;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

import io.profileworkflows.security.Caller;
import io.profileworkflows.security.KnownRights;
import io.profileworkflows.security.Role;
import io.profileworkflows.security.Wildcards;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What the owners of subscriptions may be told of at this moment. An access key can be
 * asked at any time. A token says it only while its owner sends it, so what the latest
 * one said is remembered, and good for a while.
 */
@Component
class Owners {

	/** So that not every request writes something. */
	private static final Duration NOTED_EVERY = Duration.ofHours(1);

	private final JdbcClient jdbc;

	private final KnownRights rights;

	private final EventsSettings settings;

	private final Clock clock;

	Owners(JdbcClient jdbc, KnownRights rights, EventsSettings settings, Clock clock) {
		this.jdbc = jdbc;
		this.rights = rights;
		this.settings = settings;
		this.clock = clock;
	}

	/** Notes what the token of somebody says who subscribes. */
	void add(Caller caller) {
		if (hasToken(caller)) {
			note("""
					insert into subscription_owner (owner, domains, good_until) values (:owner, :domains, :until)
					on conflict (owner) do update set domains = excluded.domains, good_until = excluded.good_until
					""", caller);
		}
	}

	/** Notes what the token of somebody says who may have subscribed. */
	void meet(Caller caller) {
		if (hasToken(caller)) {
			note("""
					update subscription_owner set domains = :domains, good_until = :until
					where owner = :owner and (domains <> cast(:domains as text[]) or good_until < cast(:until as timestamptz) - cast(:every as interval))
					""",
					caller);
		}
	}

	private void note(String sql, Caller caller) {
		var until = clock.instant().plus(settings.tokenRightsFor()).truncatedTo(ChronoUnit.MILLIS);
		jdbc.sql(sql)
			.param("owner", identity(caller))
			.param("domains", caller.domains(Role.SUBMITTER).patterns().stream().sorted().toArray(String[]::new))
			.param("until", until.atOffset(ZoneOffset.UTC))
			.param("every", NOTED_EVERY.toString())
			.update();
	}

	private static boolean hasToken(Caller caller) {
		return caller.identity() != null && !caller.isSigning();
	}

	/** Tells owners apart. Where nobody has to say who they are, there is one for all. */
	static String identity(Caller caller) {
		var identity = caller.identity();
		return (identity != null) ? identity : "";
	}

	/** Of what the owner may be told. */
	Permission permissionFor(Subscription subscription) {
		var owner = subscription.owner();
		var domains = rights.domains(owner.isEmpty() ? null : owner, Role.SUBMITTER)
			.orElseGet(() -> tokenSaid(subscription));
		return new Permission(domains, !domains.overlap(Wildcards.of(subscription.domains().toArray(String[]::new))));
	}

	private Wildcards tokenSaid(Subscription subscription) {
		var said = subscription.tokenRights();
		return (said != null && clock.instant().isBefore(said.until())) ? said.domains() : Wildcards.NOTHING;
	}

	/**
	 * @param isNone whether that is nothing of what the subscription is for
	 */
	record Permission(Wildcards domains, boolean isNone) {

		/** A test is of no domain. */
		boolean includes(DueDelivery due) {
			return (due.domainName() != null) ? domains.include(due.domainName()) : !isNone;
		}

		DeliveryAnswer refusal(DueDelivery due) {
			return DeliveryAnswer.notSent((due.domainName() != null)
					? "the owner is not known to be a submitter of domain " + due.domainName()
					: "the owner is not known to be a submitter of any of the domains");
		}

	}

}
