package io.profileworkflows.preflight;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;

import com.github.benmanes.caffeine.cache.Ticker;
import io.profileworkflows.appflow.Connection;
import io.profileworkflows.appflow.SourceField;
import io.profileworkflows.customerprofiles.Deadline;
import io.profileworkflows.customerprofiles.RemoteDomain;
import io.profileworkflows.threads.PlatformThreads;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * What AWS said lately, and says when it did not.
 */
@Component("preflightLooks")
class Looks implements AutoCloseable {

	/** Each waits for one answer of AWS, whose clients allow no more at once. */
	private static final int THREADS = 16;

	private final ExecutorService threads = PlatformThreads.pool("preflight-look", THREADS);

	private final PreflightSettings settings;

	private final Ticker ticker;

	private final Memory<String, RemoteDomain> domains;

	private final Memory<ObjectType, ObjectType> objectTypes;

	private final Memory<String, Integer> integrations;

	private final Memory<String, Role> roles;

	private final Memory<String, Key> keys;

	private final Memory<String, Bucket> buckets;

	private final Memory<String, Connection> connections;

	private final Memory<SourceObjectName, List<SourceField>> fields;

	@Autowired
	Looks(Questions questions, PreflightSettings settings) {
		this(questions, settings, Ticker.systemTicker());
	}

	Looks(Questions questions, PreflightSettings settings, Ticker ticker) {
		this.settings = settings;
		this.ticker = ticker;
		this.domains = remembered(questions::domain);
		this.objectTypes = remembered(questions::objectType);
		this.integrations = remembered(questions::integrations);
		this.roles = remembered(questions::role);
		this.keys = remembered(questions::key);
		this.buckets = remembered(questions::bucket);
		this.connections = remembered(questions::connection);
		this.fields = remembered(questions::fields);
	}

	private <Q, T> Memory<Q, T> remembered(Function<Q, Answer<T>> question) {
		return new Memory<>(question, settings.rememberFor(), threads, ticker);
	}

	Answer<RemoteDomain> domain(String name, Deadline deadline) {
		return domains.ask(name, deadline);
	}

	Answer<ObjectType> objectType(String domainName, String name, Deadline deadline) {
		return objectTypes.ask(new ObjectType(domainName, name), deadline);
	}

	Answer<Integer> integrations(String domainName, Deadline deadline) {
		return integrations.ask(domainName, deadline);
	}

	Answer<Role> role(String name, Deadline deadline) {
		return roles.ask(name, deadline);
	}

	Answer<Key> key(String id, Deadline deadline) {
		return keys.ask(id, deadline);
	}

	Answer<Bucket> bucket(String name, Deadline deadline) {
		return buckets.ask(name, deadline);
	}

	Answer<Connection> connection(String name, Deadline deadline) {
		return connections.ask(name, deadline);
	}

	Answer<List<SourceField>> fields(SourceObjectName object, Deadline deadline) {
		return fields.ask(object, deadline);
	}

	@Override
	public void close() {
		threads.shutdownNow();
	}

}
