package io.profileworkflows;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

import io.profileworkflows.integration.CreateIntegrationWorkflow;
import io.profileworkflows.integration.DocumentWriter;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * A request that AWS would take, for a domain and a flow of its own, with changes here
 * and there.
 */
public final class SampleRequest {

	private static final String FLOW = "/IntegrationConfig/AppflowIntegration/FlowDefinition";

	private static final String SCHEDULE = FLOW + "/TriggerConfig/TriggerProperties/Scheduled";

	private static final JsonMapper JSON = new JsonMapper();

	private static final YAMLMapper YAML = new YAMLMapper();

	private static final AtomicLong NUMBERS = new AtomicLong();

	private final ObjectNode document;

	private SampleRequest(ObjectNode document) {
		this.document = document;
	}

	/** For a domain and a FlowName that no other test knows. */
	public static SampleRequest unique() {
		var number = NUMBERS.incrementAndGet();
		return of("domain-" + number, "flow-" + number);
	}

	/** For a FlowName that no other test knows. */
	public static SampleRequest in(String domainName) {
		return of(domainName, "flow-" + NUMBERS.incrementAndGet());
	}

	public static SampleRequest of(String domainName, String flowName) {
		try (InputStream file = SampleRequest.class.getResourceAsStream("/samples/salesforce-scheduled.json")) {
			var document = (ObjectNode) JSON.readTree(Objects.requireNonNull(file));
			document.put("DomainName", domainName);
			return new SampleRequest(document).flowName(flowName);
		}
		catch (IOException failure) {
			throw new UncheckedIOException(failure);
		}
	}

	public SampleRequest flowName(String flowName) {
		return with(FLOW + "/FlowName", flowName);
	}

	public SampleRequest objectType(String objectTypeName) {
		return with("/ObjectTypeName", objectTypeName);
	}

	public SampleRequest role(String roleArn) {
		return with("/RoleArn", roleArn);
	}

	/** A moment at which its schedule ends, in seconds since 1970. */
	public SampleRequest scheduleEnd(long epochSeconds) {
		return with(SCHEDULE + "/ScheduleEndTime", epochSeconds);
	}

	public SampleRequest scheduleStart(long epochSeconds) {
		return with(SCHEDULE + "/ScheduleStartTime", epochSeconds);
	}

	public SampleRequest tags(Map<String, String> tags) {
		return with("/Tags", tags);
	}

	/** Sets a member of what is there already. */
	public SampleRequest with(String pointer, Object value) {
		var copy = document.deepCopy();
		var place = JsonPointer.compile(pointer);
		((ObjectNode) copy.at(place.head())).set(place.last().getMatchingProperty(), JSON.valueToTree(value));
		return new SampleRequest(copy);
	}

	/** Whether it has a member there. */
	public boolean has(String pointer) {
		return !document.at(pointer).isMissingNode();
	}

	public String domainName() {
		return document.path("DomainName").stringValue();
	}

	public String flowName() {
		return document.at(FLOW + "/FlowName").stringValue();
	}

	/** Where it is to be posted to. */
	public String path() {
		return "/domains/%s/workflows/integrations".formatted(domainName());
	}

	public String json() {
		return JSON.writeValueAsString(document);
	}

	public String yaml() {
		return YAML.writeValueAsString(document);
	}

	/** As a record, unchecked: as if it had been accepted once. */
	public CreateIntegrationWorkflow request() {
		return new DocumentWriter().readStored(json());
	}

}
