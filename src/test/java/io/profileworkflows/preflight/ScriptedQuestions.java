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

	AwsAnswer<RemoteDomain> domain;

	AwsAnswer<ObjectType> objectType = new AwsAnswer.Found<>(new ObjectType("retail", "any"));

	AwsAnswer<Integer> integrations = new AwsAnswer.Found<>(7);

	AwsAnswer<IamRole> role;

	AwsAnswer<Key> key;

	AwsAnswer<Bucket> bucket = new AwsAnswer.Found<>(new Bucket("eu-central-1", null));

	AwsAnswer<Connection> connection = new AwsAnswer.Found<>(new Connection("Salesforce", null));

	AwsAnswer<List<SourceField>> fields = new AwsAnswer.Found<>(Stream.of("Id", "Name", "Phone", "LastModifiedDate")
		.map(name -> new SourceField(name, false, true, name.endsWith("Date"), Set.of("PROJECTION", "EQUAL_TO")))
		.toList());

	ScriptedQuestions(String roleArn, String kmsArn) {
		super(null, null, null, null);
		domain = new AwsAnswer.Found<>(new RemoteDomain("retail", kmsArn));
		role = new AwsAnswer.Found<>(new IamRole(roleArn, TRUST));
		key = new AwsAnswer.Found<>(new Key(kmsArn, "Enabled", true));
	}

	@Override
	AwsAnswer<Connection> connection(String name) {
		return connection;
	}

	@Override
	AwsAnswer<List<SourceField>> fields(SourceObjectName object) {
		return fields;
	}

	@Override
	AwsAnswer<RemoteDomain> domain(String name) {
		return domain;
	}

	@Override
	AwsAnswer<ObjectType> objectType(ObjectType type) {
		return objectType;
	}

	@Override
	AwsAnswer<Integer> integrations(String domainName) {
		return integrations;
	}

	@Override
	AwsAnswer<IamRole> role(String name) {
		asked.add(name);
		return role;
	}

	@Override
	AwsAnswer<Key> key(String id) {
		asked.add(id);
		return key;
	}

	@Override
	AwsAnswer<Bucket> bucket(String name) {
		asked.add(name);
		return bucket;
	}

}
