package io.profileworkflows.workflow.web;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

import io.profileworkflows.deployment.Deployment;
import io.profileworkflows.http.BadParameter;
import io.profileworkflows.http.Documents;
import io.profileworkflows.http.Holds;
import io.profileworkflows.http.NoMembers;
import io.profileworkflows.http.Representations;
import io.profileworkflows.http.RequestDocument;
import io.profileworkflows.integration.DomainName;
import io.profileworkflows.security.Caller;
import io.profileworkflows.security.ForAnyCaller;
import io.profileworkflows.security.Requires;
import io.profileworkflows.security.Role;
import io.profileworkflows.workflow.Workflow;
import io.profileworkflows.workflow.WorkflowId;
import io.profileworkflows.workflow.WorkflowNotFound;
import io.profileworkflows.workflow.Workflows;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Customer Profiles' tag operations, for workflows. Tags go to AWS with the create; later
 * changes are kept here, since AWS tells no ARN of a workflow to tag.
 */
@RestController
@RequestMapping(path = "/tags/{resourceArn}",
		produces = { MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_YAML_VALUE })
class TagController {

	static final String KEYS = "tagKeys";

	static final int LONGEST_ARN = 256;

	private static final Pattern ANY_ARN = Pattern.compile("arn:[a-z0-9]{1,10}:profile:.*");

	private static final Pattern WORKFLOW_ARN = Pattern.compile(
			"arn:aws:profile:[^:]*:[^:]*:domains/(" + DomainName.PATTERN + ")/workflows/(" + WorkflowId.PATTERN + ")");

	private final Workflows workflows;

	private final Documents documents;

	private final Deployment deployment;

	TagController(Workflows workflows, Documents documents, Deployment deployment) {
		this.workflows = workflows;
		this.documents = documents;
		this.deployment = deployment;
	}

	@Requires(Role.READER)
	@GetMapping(name = "ListTagsForResource")
	ResponseEntity<TagListView> list(@PathVariable String resourceArn, HttpServletRequest http) {
		var workflow = require(resourceArn);
		var representation = Representations.chosen(http);
		return ResponseEntity.ok()
			.eTag(EntityTags.of(workflow, representation))
			.contentType(representation)
			.body(new TagListView(workflow.tags()));
	}

	@Requires(Role.SUBMITTER)
	@PostMapping(name = "TagResource")
	NoMembers tag(@PathVariable String resourceArn, @Holds(TagsBody.class) RequestDocument document,
			HttpServletRequest http) {
		var body = documents.read(document, TagsBody.class).require();
		workflows.retag(require(resourceArn).id(), Caller.current().name(), EntityTags.precondition(http), body::addTo);
		return new NoMembers();
	}

	@Requires(Role.SUBMITTER)
	@DeleteMapping(name = "UntagResource")
	NoMembers untag(@PathVariable String resourceArn, HttpServletRequest http) {
		var keys = tagKeys(http);
		workflows.retag(require(resourceArn).id(), Caller.current().name(), EntityTags.precondition(http),
				tags -> tags.keySet().removeAll(keys));
		return new NoMembers();
	}

	@ForAnyCaller
	@RequestMapping("/*/**")
	void refuseUnencoded() {
		throw new BadParameter("resourceArn", "must be one segment of the path, with %2F for each slash in the ARN");
	}

	// not @RequestParam, which splits at commas: a key may have one
	private static List<String> tagKeys(HttpServletRequest http) {
		var keys = http.getParameterValues(KEYS);
		if (keys == null || keys.length > TagsBody.MOST) {
			throw new BadParameter(KEYS, "must be given 1 to %s times".formatted(TagsBody.MOST));
		}
		return Arrays.asList(keys);
	}

	private Workflow require(String resourceArn) {
		if (resourceArn.length() > LONGEST_ARN || !ANY_ARN.matcher(resourceArn).matches()) {
			throw new BadParameter("resourceArn",
					"must be the ARN of a workflow, arn:aws:profile:{region}:{account}:domains/{DomainName}/workflows/{WorkflowId}");
		}
		var parts = WORKFLOW_ARN.matcher(resourceArn);
		if (!parts.matches()) {
			throw new WorkflowNotFound(resourceArn);
		}
		var workflow = workflows.require(parts.group(1), WorkflowId.of(parts.group(2)));
		if (!workflow.arn(deployment).equals(resourceArn)) {
			throw new WorkflowNotFound(resourceArn);
		}
		return workflow;
	}

}
