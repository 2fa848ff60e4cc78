package io.profileworkflows.integration;

import java.util.EnumMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Where records come from, spelled as on the wire.
 */
public enum SourceConnectorType {

	Salesforce("salesforce", "Salesforce"), Marketo("marketo", "Marketo"), Zendesk("zendesk", "Zendesk"),
	Servicenow("serviceNow", "ServiceNow"), S3("s3", "S3");

	private final String component;

	private final String member;

	SourceConnectorType(String component, String member) {
		this.component = component;
		this.member = member;
	}

	/**
	 * The component that belongs to this connector in records with one for each.
	 */
	String component() {
		return component;
	}

	/**
	 * The same on the wire, where it is spelled differently for ServiceNow.
	 */
	String member() {
		return member;
	}

	static <V> Map<SourceConnectorType, V> present(@Nullable V marketo, @Nullable V s3, @Nullable V salesforce,
			@Nullable V serviceNow, @Nullable V zendesk) {
		var present = new EnumMap<SourceConnectorType, V>(SourceConnectorType.class);
		putIfPresent(present, Marketo, marketo);
		putIfPresent(present, S3, s3);
		putIfPresent(present, Salesforce, salesforce);
		putIfPresent(present, Servicenow, serviceNow);
		putIfPresent(present, Zendesk, zendesk);
		return present;
	}

	private static <V> void putIfPresent(Map<SourceConnectorType, V> map, SourceConnectorType type, @Nullable V value) {
		if (value != null) {
			map.put(type, value);
		}
	}

}
