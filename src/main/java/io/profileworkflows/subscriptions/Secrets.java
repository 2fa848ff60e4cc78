package io.profileworkflows.subscriptions;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.annotation.Transactional;

/**
 * The secrets of subscriptions, as they are stored: encrypted.
 */
@Repository
@Transactional
class Secrets {

	private static final Logger log = LoggerFactory.getLogger(Secrets.class);

	private final JdbcClient jdbc;

	private final KeyRing keys;

	Secrets(JdbcClient jdbc, KeyRing keys) {
		this.jdbc = jdbc;
		this.keys = keys;
	}

	/**
	 * Gives a subscription a secret. The one that it had is good for a while longer.
	 */
	SigningSecret renew(UUID subscription, Duration oldFor) {
		var secret = SigningSecret.next();
		var sealed = keys.seal(subscription, secret.value());
		jdbc.sql(
				"""
						update subscription set
						  old_secret = secret, old_secret_key = secret_key,
						  old_secret_until = case when secret is not null then clock_timestamp() + cast(:oldFor as interval) end,
						  secret = :secret, secret_key = :key
						where id = :id
						""")
			.param("oldFor", oldFor.toString())
			.param("secret", sealed.bytes())
			.param("key", sealed.key())
			.param("id", subscription)
			.update();
		return secret;
	}

	/**
	 * Those that a delivery is signed with now, the newest first.
	 * @throws KeyRing.KeyMissing when one of them cannot be decrypted
	 */
	@Transactional(readOnly = true)
	List<SigningSecret> of(Subscription subscription) {
		return stored("where id = :id", subscription.id()).stream()
			.flatMap(stored -> stored.all().stream())
			.map(sealed -> new SigningSecret(keys.open(subscription.id(), sealed)))
			.toList();
	}

	/**
	 * Encrypts with the first key what another has encrypted, so that the other can be
	 * taken away.
	 */
	@EventListener(ApplicationReadyEvent.class)
	void encryptAnew() {
		if (keys.isEmpty()) {
			return;
		}
		try {
			var old = stored("where secret_key <> :id or old_secret_key <> :id", keys.current());
			old.forEach(this::encryptAnew);
			if (!old.isEmpty()) {
				log.info("Encrypted the secrets of {} subscriptions with the first key", old.size());
			}
		}
		catch (KeyRing.KeyMissing failure) {
			log.error("Secrets of subscriptions cannot be decrypted: {}", failure.getMessage());
		}
		catch (DataAccessException | TransactionException failure) {
			log.warn("The secrets of subscriptions could not be looked at, and stay as they are: {}",
					failure.getMostSpecificCause().getMessage());
		}
	}

	private void encryptAnew(Stored stored) {
		var secret = keys.seal(stored.id(), keys.open(stored.id(), stored.secret()));
		var old = (stored.old() != null) ? keys.seal(stored.id(), keys.open(stored.id(), stored.old())) : null;
		jdbc.sql("""
				update subscription set secret = :secret, secret_key = :key, old_secret = :old, old_secret_key = :oldKey
				where id = :id and secret = :before
				""")
			.param("secret", secret.bytes())
			.param("key", secret.key())
			.param("old", (old != null) ? old.bytes() : null)
			.param("oldKey", (old != null) ? old.key() : null)
			.param("id", stored.id())
			.param("before", stored.secret().bytes())
			.update();
	}

	private List<Stored> stored(String condition, Object id) {
		return jdbc.sql("""
				select id, secret, secret_key,
				  case when old_secret_until > clock_timestamp() then old_secret end as old_secret, old_secret_key
				from (select * from subscription where secret is not null) as subscription
				""" + condition).param("id", id).query((row, _) -> {
			var old = row.getBytes("old_secret");
			return new Stored(row.getObject("id", UUID.class),
					new KeyRing.Sealed(row.getString("secret_key"), row.getBytes("secret")),
					(old != null) ? new KeyRing.Sealed(row.getString("old_secret_key"), old) : null);
		}).list();
	}

	private record Stored(UUID id, KeyRing.Sealed secret, KeyRing.@Nullable Sealed old) {

		List<KeyRing.Sealed> all() {
			var all = new ArrayList<>(List.of(secret));
			if (old != null) {
				all.add(old);
			}
			return all;
		}

	}

}
