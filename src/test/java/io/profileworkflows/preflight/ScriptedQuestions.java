package io.profileworkflows.preflight;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import io.profileworkflows.appflow.Connection;
import io.profileworkflows.appflow.SourceField;
import io.profileworkflows.customerprofiles.RemoteDomain;

/**
 * Answers as it was told to, and with what fits the sample before.
 */
class ScriptedQuestions extends Questions {

	static final String TRUST = """
			{"Statement": {"Effect": "Allow", "Principal": {"Service": "profile.amazonaws.com"}, "Action": "sts:AssumeRole"}}
			""";

	final List<String> asked = new ArrayList<>();

	Answer<RemoteDomain> domain;

	Answer<ObjectType> objectType = new Answer.Found<>(new ObjectType("retail", "any"));

	Answer<Integer> integrations = new Answer.Found<>(7);

	Answer<Role> role;

	Answer<Key> key;

	Answer<Bucket> bucket = new Answer.Found<>(new Bucket("eu-central-1", null));

	Answer<Connection> connection = new Answer.Found<>(new Connection("Salesforce", null));

	Answer<List<SourceField>> fields = new Answer.Found<>(Stream.of("Id", "Name", "Phone", "LastModifiedDate")
		.map(name -> new SourceField(name, false, true, name.endsWith("Date"), Set.of("PROJECTION", "EQUAL_TO")))
		.toList());

	ScriptedQuestions(String roleArn, String kmsArn) {
		super(null, null, null, null);
		domain = new Answer.Found<>(new RemoteDomain("retail", kmsArn));
		role = new Answer.Found<>(new Role(roleArn, TRUST));
		key = new Answer.Found<>(new Key(kmsArn, "Enabled", true));
	}

	@Override
	Answer<Connection> connection(String name) {
		return connection;
	}

	@Override
	Answer<List<SourceField>> fields(SourceObjectName object) {
		return fields;
	}

	@Override
	Answer<RemoteDomain> domain(String name) {
		return domain;
	}

	@Override
	Answer<ObjectType> objectType(ObjectType type) {
		return objectType;
	}

	@Override
	Answer<Integer> integrations(String domainName) {
		return integrations;
	}

	@Override
	Answer<Role> role(String name) {
		asked.add(name);
		return role;
	}

	@Override
	Answer<Key> key(String id) {
		asked.add(id);
		return key;
	}

	@Override
	Answer<Bucket> bucket(String name) {
		asked.add(name);
		return bucket;
	}

}
