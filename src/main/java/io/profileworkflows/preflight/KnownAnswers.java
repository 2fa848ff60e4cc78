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
class KnownAnswers implements AutoCloseable {

	/** Each waits for one answer of AWS, whose clients allow no more at once. */
	private static final int THREADS = 16;

	private final ExecutorService threads = PlatformThreads.pool("preflight-look", THREADS);

	private final PreflightSettings settings;

	private final Ticker ticker;

	private final AnswerCache<String, RemoteDomain> domains;

	private final AnswerCache<ObjectType, ObjectType> objectTypes;

	private final AnswerCache<String, Integer> integrations;

	private final AnswerCache<String, IamRole> roles;

	private final AnswerCache<String, Key> keys;

	private final AnswerCache<String, Bucket> buckets;

	private final AnswerCache<String, Connection> connections;

	private final AnswerCache<SourceObjectName, List<SourceField>> fields;

	@Autowired
	KnownAnswers(Questions questions, PreflightSettings settings) {
		this(questions, settings, Ticker.systemTicker());
	}

	KnownAnswers(Questions questions, PreflightSettings settings, Ticker ticker) {
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

	private <Q, T> AnswerCache<Q, T> remembered(Function<Q, AwsAnswer<T>> question) {
		return new AnswerCache<>(question, settings.rememberFor(), threads, ticker);
	}

	AwsAnswer<RemoteDomain> domain(String name, Deadline deadline) {
		return domains.ask(name, deadline);
	}

	AwsAnswer<ObjectType> objectType(String domainName, String name, Deadline deadline) {
		return objectTypes.ask(new ObjectType(domainName, name), deadline);
	}

	AwsAnswer<Integer> integrations(String domainName, Deadline deadline) {
		return integrations.ask(domainName, deadline);
	}

	AwsAnswer<IamRole> role(String name, Deadline deadline) {
		return roles.ask(name, deadline);
	}

	AwsAnswer<Key> key(String id, Deadline deadline) {
		return keys.ask(id, deadline);
	}

	AwsAnswer<Bucket> bucket(String name, Deadline deadline) {
		return buckets.ask(name, deadline);
	}

	AwsAnswer<Connection> connection(String name, Deadline deadline) {
		return connections.ask(name, deadline);
	}

	AwsAnswer<List<SourceField>> fields(SourceObjectName object, Deadline deadline) {
		return fields.ask(object, deadline);
	}

	@Override
	public void close() {
		threads.shutdownNow();
	}

}
