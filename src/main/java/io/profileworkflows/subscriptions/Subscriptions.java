package io.profileworkflows.subscriptions;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import io.profileworkflows.database.ResultRow;
import io.profileworkflows.integration.InvalidDocument;
import io.profileworkflows.integration.Violation;
import io.profileworkflows.outbox.Outbox;
import io.profileworkflows.security.Caller;
import io.profileworkflows.security.Role;
import io.profileworkflows.security.Wildcards;
import io.profileworkflows.subscriptions.Subscription.TokenRights;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Who wants to be told of events. A subscription belongs to its domains, as a workflow
 * belongs to its own: a caller sees and changes it who is a submitter of all of them.
 */
@Component
public class Subscriptions {

	private static final Logger log = LoggerFactory.getLogger(Subscriptions.class);

	private static final TimeBasedEpochGenerator IDS = Generators.timeBasedEpochGenerator();

	/** No transaction of ours takes longer; those of others may. */
	private static final Duration OLDER_END_WITHIN = Duration.ofSeconds(2);

	private static final Duration LOOK_AGAIN_AFTER = Duration.ofMillis(20);

	private static final int BATCH = 5_000;

	static final String COLUMNS = """
			id, number, name, url, format, types, owner, created_by, created_at, failures, failing_since, slow, off_since,
			  off_reason, greatest(extract(epoch from retry_at - clock_timestamp()) * 1000, 0) as retry_in, array(select domain_name from subscription_domain where subscription_id = id
			    order by domain_name) as domains,
			  (select domains from subscription_owner as said where said.owner = subscription.owner) as token_domains,
			  (select good_until from subscription_owner as said where said.owner = subscription.owner) as token_until""";

	private final JdbcClient jdbc;

	private final Secrets secrets;

	private final Owners owners;

	private final KeyRing keys;

	private final Outbox outbox;

	private final DeliveryWork deliveries;

	private final TransactionTemplate transaction;

	private final EventsSettings settings;

	private final Clock clock;

	Subscriptions(JdbcClient jdbc, Secrets secrets, Owners owners, KeyRing keys, Outbox outbox, DeliveryWork deliveries,
			TransactionTemplate transaction, EventsSettings settings, Clock clock) {
		this.jdbc = jdbc;
		this.secrets = secrets;
		this.owners = owners;
		this.keys = keys;
		this.outbox = outbox;
		this.deliveries = deliveries;
		this.transaction = transaction;
		this.settings = settings;
		this.clock = clock;
	}

	/**
	 * Subscribes. Returns when every change that begins from now on will be told of.
	 * @throws InvalidDocument when events must not be sent there, or the caller may not
	 * subscribe to those domains
	 * @throws SubscriptionRefused when there is no room, or another one has that name
	 */
	public WithSecret add(NewSubscription wanted, Caller caller) {
		var domains = domainsOf(wanted, caller);
		TargetUrl.mistakeIn(wanted.url(), settings.allowPrivateTargets()).ifPresent(mistake -> {
			throw new InvalidDocument(List.of(new Violation("/Url", mistake)));
		});
		if (keys.isEmpty()) {
			throw new SubscriptionRefused(
					"This service has no key to encrypt secrets with: profile-workflows.events.encryption-keys");
		}
		try {
			var added = Objects.requireNonNull(transaction.execute(_ -> insert(wanted, domains, caller)));
			awaitOlderTransactions(added.transaction());
			return new WithSecret(added.subscription(), added.secret());
		}
		catch (DuplicateKeyException _) {
			throw new SubscriptionRefused("There is a subscription of that Name: delete it, or choose another Name");
		}
	}

	private static List<String> domainsOf(NewSubscription wanted, Caller caller) {
		var mayBe = caller.domains(Role.SUBMITTER);
		var domains = (wanted.domains() != null) ? wanted.domains() : mayBe.patterns().stream().sorted().toList();
		for (int number = 0; number < domains.size(); number++) {
			if (!mayBe.include(domains.get(number))) {
				throw new InvalidDocument(
						List.of(new Violation("/Domains/" + number, "must be a domain that you are a submitter of")));
			}
		}
		return domains.stream().distinct().toList();
	}

	private Added insert(NewSubscription wanted, List<String> domains, Caller caller) {
		// one at a time, so that none slips in beyond the limit
		jdbc.sql("select pg_advisory_xact_lock(hashtext('subscription'))").query((RowCallbackHandler) _ -> {
		});
		requireRoom(caller);
		owners.add(caller);
		var id = IDS.generate();
		var format = (wanted.format() != null) ? wanted.format() : EventFormat.StandardWebhooks;
		var types = (wanted.types() != null) ? wanted.types() : EventType.all();
		jdbc.sql("""
				insert into subscription (id, name, url, format, types, owner, created_by)
				values (:id, :name, :url, :format, :types, :owner, :createdBy)
				""")
			.param("id", id)
			.param("name", wanted.name())
			.param("url", wanted.url())
			.param("format", format.name())
			.param("types", types.stream().distinct().toArray(String[]::new))
			.param("owner", Owners.identity(caller))
			.param("createdBy", caller.name())
			.update();
		jdbc.sql("""
				insert into subscription_domain (subscription_id, domain_name, alike)
				select :id, * from unnest(:names::text[], :alike::text[])
				""")
			.param("id", id)
			.param("names", domains.toArray(String[]::new))
			.param("alike", domains.stream().map(DomainPattern::alike).toArray(String[]::new))
			.update();
		var secret = TargetUrl.isEventBus(wanted.url()) ? null : secrets.renew(id, Duration.ZERO).value();
		EventWork.hasten(outbox);
		remember("create-subscription", wanted.name(), caller);
		var transactionId = jdbc.sql("select pg_current_xact_id()::text::bigint").query(Long.class).single();
		return new Added(require(id), secret, transactionId);
	}

	private void requireRoom(Caller caller) {
		var all = jdbc.sql("select count(*) from subscription").query(Long.class).single();
		if (all >= settings.maxSubscriptions()) {
			throw new SubscriptionRefused("There are %s subscriptions, and no more may be".formatted(all));
		}
		var own = jdbc.sql("select count(*) from subscription where owner = :owner")
			.param("owner", Owners.identity(caller))
			.query(Long.class)
			.single();
		if (own >= settings.maxSubscriptionsPerCaller()) {
			throw new SubscriptionRefused("This caller has %s subscriptions, and no more may be".formatted(own));
		}
	}

	/**
	 * A change whose transaction began before may not have seen the subscription, and so
	 * has written no event. It is over before this returns, or has not written anything
	 * yet.
	 */
	private void awaitOlderTransactions(long transactionId) {
		var begin = System.nanoTime();
		while (System.nanoTime() - begin < OLDER_END_WITHIN.toNanos()) {
			if (jdbc.sql("select pg_snapshot_xmin(pg_current_snapshot())::text::bigint > :id")
				.param("id", transactionId)
				.query(Boolean.class)
				.single()) {
				return;
			}
			LockSupport.parkNanos(LOOK_AGAIN_AFTER.toNanos());
		}
		log.warn("Transactions that began before a subscription still run, and may write no events for it");
	}

	/** Those that the caller may see, the oldest first. */
	public List<Subscription> list(Caller caller, long after, int limit) {
		owners.meet(caller);
		return jdbc.sql("select " + COLUMNS + """
				 from subscription
				where number > :after and not exists (select from subscription_domain
				  where subscription_id = id and not domain_name like any(cast(:mayBe as text[])))
				order by number limit :limit
				""")
			.param("after", after)
			.param("mayBe",
					caller.domains(Role.SUBMITTER).patterns().stream().map(DomainPattern::like).toArray(String[]::new))
			.param("limit", limit)
			.query(Subscriptions::read)
			.list();
	}

	/**
	 * @throws SubscriptionNotFound also when the caller may not see it
	 */
	public Subscription require(UUID id, Caller caller) {
		owners.meet(caller);
		return find(id).filter(found -> DomainPattern.areWithin(found.domains(), caller.domains(Role.SUBMITTER)))
			.orElseThrow(() -> new SubscriptionNotFound("Subscription " + Subscription.wireId(id)));
	}

	private Subscription require(UUID id) {
		return find(id).orElseThrow(() -> new SubscriptionNotFound("Subscription " + Subscription.wireId(id)));
	}

	Optional<Subscription> find(UUID id) {
		return jdbc.sql("select " + COLUMNS + " from subscription where id = :id")
			.param("id", id)
			.query(Subscriptions::read)
			.optional();
	}

	/** Ends a subscription. What was not delivered yet is forgotten. */
	public Subscription remove(UUID id, Caller caller) {
		var removed = require(id, caller);
		// first nothing more, so that there is an end
		jdbc.sql("""
				update subscription set off_since = clock_timestamp(), off_reason = 'Being deleted'
				where id = :id and off_since is null
				""").param("id", id).update();
		while (removeDeliveries(id) == BATCH) {
			// so many rows in one transaction
		}
		transaction.executeWithoutResult(_ -> {
			jdbc.sql("delete from subscription where id = :id").param("id", id).update();
			jdbc.sql("""
					delete from subscription_owner
					where owner = :owner and not exists (select from subscription where owner = :owner)
					""").param("owner", removed.owner()).update();
			remember("delete-subscription", removed.name(), caller);
		});
		return removed;
	}

	private int removeDeliveries(UUID id) {
		return jdbc.sql("""
				delete from delivery where subscription_id = :id and event_id = any(array(
				  select event_id from delivery where subscription_id = :id limit :limit))
				""").param("id", id).param("limit", BATCH).update();
	}

	/**
	 * Gives it another secret. Deliveries are signed with both for a while.
	 */
	public WithSecret rotateSecret(UUID id, Caller caller) {
		var subscription = require(id, caller);
		if (subscription.isToEventBus()) {
			throw new SubscriptionRefused("A subscription of an event bus has no secret");
		}
		var secret = Objects.requireNonNull(transaction.execute(_ -> {
			remember("rotate-secret", subscription.name(), caller);
			return secrets.renew(id, settings.oldSecretFor());
		}));
		return new WithSecret(subscription, secret.value());
	}

	/**
	 * Goes on with a subscription that was switched off, and with what it has not got.
	 */
	public Subscription switchOn(UUID id, Caller caller) {
		var subscription = require(id, caller);
		transaction.executeWithoutResult(_ -> {
			jdbc.sql("""
					update subscription set off_since = null, off_reason = null, failures = 0, failing_since = null,
					  retry_at = null
					where id = :id
					""").param("id", id).update();
			jdbc.sql("""
					update delivery set due_at = clock_timestamp() where subscription_id = :id and state = 'PENDING'
					""").param("id", id).update();
			EventWork.hasten(outbox);
			deliveries.hasten(List.of(id));
			remember("switch-on-subscription", subscription.name(), caller);
		});
		return require(id);
	}

	/**
	 * Sends nothing more, nor keeps what it could have been sent. Remembered beside what
	 * operators do.
	 */
	void switchOff(UUID id, String reason) {
		jdbc.sql("""
				with off as (
				  update subscription set off_since = clock_timestamp(), off_reason = :reason
				  where id = :id and off_since is null
				  returning name
				)
				insert into operator_action (actor, action, reason)
				select 'events', 'switch-off-subscription', name || ': ' || :reason from off
				""").param("id", id).param("reason", reason).update();
	}

	/**
	 * Something to send, to see whether it arrives.
	 * @return the id of the delivery
	 */
	public String test(UUID id, Caller caller) {
		var subscription = require(id, caller);
		if (!subscription.isOn()) {
			throw new SubscriptionRefused("The subscription is switched off: switch it on first");
		}
		var data = """
				{"SubscriptionId":"%s","Message":"This is a test that somebody asked for"}"""
			.formatted(subscription.wireId());
		return Objects.requireNonNull(transaction.execute(_ -> {
			var event = jdbc.sql("""
					with added as (
					  insert into event (type, at, data, spread_at) values (:type, :at, :data, clock_timestamp())
					  returning id, key
					), sent as (
					  insert into delivery (subscription_id, event_id) select :id, id from added
					)
					select key from added
					""")
				.param("type", EventType.TEST)
				.param("at", clock.instant().truncatedTo(ChronoUnit.MILLIS).atOffset(ZoneOffset.UTC))
				.param("data", data)
				.param("id", id)
				.query(UUID.class)
				.single();
			sendSoon(id);
			remember("test-subscription", subscription.name(), caller);
			return DueDelivery.wireId(event);
		}));
	}

	/** Sends an event once more, whatever came of it. */
	public Delivery redeliver(UUID id, UUID event, Caller caller) {
		var subscription = require(id, caller);
		return Objects.requireNonNull(transaction.execute(_ -> {
			var again = jdbc.sql("""
					update delivery set state = 'PENDING', due_at = clock_timestamp() from event
					where event.id = event_id and key = :event and subscription_id = :id
					""").param("id", id).param("event", event).update();
			if (again == 0) {
				throw new SubscriptionNotFound("Delivery " + DueDelivery.wireId(event));
			}
			sendSoon(id);
			remember("redeliver", subscription.name(), caller);
			return Delivery.find(jdbc, id, event);
		}));
	}

	/** Somebody waits for it, also where the subscriber failed before. */
	private void sendSoon(UUID id) {
		jdbc.sql("update subscription set retry_at = null where id = :id and retry_at is not null")
			.param("id", id)
			.update();
		deliveries.hasten(List.of(id));
	}

	/** Its deliveries, the latest event first. */
	public List<Delivery> deliveries(UUID id, Caller caller, long before, int limit) {
		require(id, caller);
		return Delivery.list(jdbc, id, before, limit);
	}

	private void remember(String action, String name, Caller caller) {
		jdbc.sql("insert into operator_action (actor, action, reason) values (:actor, :action, :name)")
			.param("actor", caller.name())
			.param("action", action)
			.param("name", name)
			.update();
	}

	static Subscription read(ResultSet set, int number) throws SQLException {
		var row = new ResultRow(set);
		return new Subscription(row.uuid("id"), row.number("number"), row.text("name"), row.text("url"),
				EventFormat.valueOf(row.text("format")), List.of(row.texts("types")), List.of(row.texts("domains")),
				row.text("owner"), tokenRights(row), row.text("created_by"), row.time("created_at"),
				set.getInt("failures"), row.findTime("failing_since"),
				Duration.ofMillis((long) Math.ceil(set.getDouble("retry_in"))), row.isTrue("slow"),
				row.findTime("off_since"), row.find("off_reason"));
	}

	private static @Nullable TokenRights tokenRights(ResultRow row) throws SQLException {
		var until = row.findTime("token_until");
		return (until != null) ? new TokenRights(Wildcards.of(row.texts("token_domains")), until) : null;
	}

	/** Whether there is anybody at all. */
	boolean areThere() {
		return jdbc.sql("select exists (select from subscription)").query(Boolean.class).single();
	}

	/**
	 * A subscription whose secret is told, once.
	 *
	 * @param secret null for an event bus, which needs none
	 */
	public record WithSecret(Subscription subscription, @Nullable String secret) {
	}

	private record Added(Subscription subscription, @Nullable String secret, long transaction) {
	}

}
