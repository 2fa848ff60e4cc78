package io.profileworkflows.security;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * The access keys that are good at this moment: those of the properties and those of the
 * file.
 */
@Component
class AccessKeys {

	private static final Logger log = LoggerFactory.getLogger(AccessKeys.class);

	/** A shorter one can be guessed from a single request that somebody listened to. */
	private static final int SHORTEST_SECRET = 20;

	private final List<AccessKey> configured;

	private final @Nullable AccessKeysFile file;

	private volatile Map<String, Known> known;

	AccessKeys(SecuritySettings settings) {
		var path = settings.accessKeysPath();
		this.configured = settings.enabled() ? settings.accessKeys() : List.of();
		this.file = (settings.enabled() && path != null) ? new AccessKeysFile(path) : null;
		var inFile = (file != null) ? file.readIfChanged() : null;
		this.known = known((inFile != null) ? inFile : List.of());
	}

	boolean isEmpty() {
		return known.isEmpty();
	}

	Optional<Known> find(String accessKeyId) {
		return Optional.ofNullable(known.get(accessKeyId));
	}

	/** The owner of a key, with the rights that the key has from now on. */
	Caller ownerOf(String accessKeyId, Known key) {
		return key.owner()
			.asLongAs(() -> find(accessKeyId).filter(now -> now.secret().equals(key.secret()))
				.map(now -> now.owner().grants()));
	}

	/** All that the keys of a client grant at this moment. */
	Grants grantsOf(String client) {
		return new Grants(known.values()
			.stream()
			.map(Known::owner)
			.filter(owner -> owner.name().equals(client))
			.flatMap(owner -> owner.grants().all().stream())
			.toList());
	}

	/** Goes on with what is known where the file says nothing sensible any more. */
	@Scheduled(fixedDelayString = "${profile-workflows.security.access-keys-reload-interval}")
	void reload() {
		if (file == null) {
			return;
		}
		try {
			var inFile = file.readIfChanged();
			if (inFile != null) {
				known = known(inFile);
				log.info("There are {} access keys now", known.size());
			}
		}
		catch (AccessKeysUnusable failure) {
			log.error("The access keys stay as they were: {}", failure.getMessage());
		}
	}

	private Map<String, Known> known(List<AccessKey> inFile) {
		var keys = new ArrayList<>(configured);
		keys.addAll(inFile);
		var byId = new HashMap<String, Known>();
		for (int place = 0; place < keys.size(); place++) {
			add(byId, keys.get(place),
					(place < configured.size()) ? "Access key %s of the properties".formatted(place + 1)
							: "Access key %s of the file".formatted(place - configured.size() + 1));
		}
		return Map.copyOf(byId);
	}

	private static void add(Map<String, Known> byId, AccessKey key, String called) {
		var mistakes = key.mistakes().collect(Collectors.joining("; "));
		if (!mistakes.isEmpty()) {
			throw new AccessKeysUnusable("%s cannot be used: %s".formatted(called, mistakes));
		}
		var id = Objects.requireNonNull(key.accessKeyId());
		var secret = Objects.requireNonNull(key.secretAccessKey());
		if (secret.value().length() < SHORTEST_SECRET) {
			log.warn("The secret of access key {} has fewer than {} characters: it can be guessed", id,
					SHORTEST_SECRET);
		}
		if (byId.put(id, new Known(secret, key.owner())) != null) {
			throw new AccessKeysUnusable("%s has an access-key-id that another has already".formatted(called));
		}
	}

	/**
	 * A key as it is used.
	 */
	record Known(Secret secret, Caller owner) {
	}

}
