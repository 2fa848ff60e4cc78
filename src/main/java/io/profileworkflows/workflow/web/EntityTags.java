package io.profileworkflows.workflow.web;

import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

import io.profileworkflows.workflow.ChangedMeanwhile;
import io.profileworkflows.workflow.Precondition;
import io.profileworkflows.workflow.Workflow;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.http.ETag;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

/**
 * The ETags of a workflow, and the conditions that callers make of them (RFC 9110,
 * section 13). They are strong, so each representation has its own.
 */
public final class EntityTags {

	private static final String OF_YAML = "-yaml";

	private EntityTags() {
	}

	/** That of the one representation, in quotes. */
	public static String of(Workflow workflow, MediaType representation) {
		return tags(workflow).get(MediaType.APPLICATION_YAML.equals(representation) ? 1 : 0).formattedTag();
	}

	/** Whether the caller knows this representation, as far as it names any. */
	public static boolean knows(HttpServletRequest request, Workflow workflow, MediaType representation) {
		var known = in(request, HttpHeaders.IF_NONE_MATCH);
		var current = ETag.create(of(workflow, representation));
		return known.isEmpty() || known.stream().anyMatch(tag -> tag.isWildcard() || tag.compare(current, false));
	}

	/**
	 * What a request for a change says of the workflow. The tag of any of its present
	 * representations will do.
	 */
	public static Precondition precondition(HttpServletRequest request) {
		var expected = in(request, HttpHeaders.IF_MATCH);
		var unwanted = in(request, HttpHeaders.IF_NONE_MATCH);
		var isExpected = request.getHeader(HttpHeaders.IF_MATCH) != null;
		return workflow -> {
			if (isExpected && !matches(expected, workflow, true)) {
				throw new ChangedMeanwhile("Workflow %s is not what If-Match says: its ETag is %s"
					.formatted(workflow.id(), of(workflow, MediaType.APPLICATION_JSON)));
			}
			if (matches(unwanted, workflow, false)) {
				throw new ChangedMeanwhile("Workflow %s is what If-None-Match says".formatted(workflow.id()));
			}
		};
	}

	private static boolean matches(List<ETag> named, Workflow workflow, boolean strong) {
		return named.stream()
			.anyMatch(tag -> tag.isWildcard()
					|| tags(workflow).stream().anyMatch(current -> tag.compare(current, strong)));
	}

	private static List<ETag> tags(Workflow workflow) {
		var version = Long.toString(workflow.version());
		return Stream.of(version, version + OF_YAML).map(tag -> new ETag(tag, false)).toList();
	}

	private static List<ETag> in(HttpServletRequest request, String header) {
		return Collections.list(request.getHeaders(header))
			.stream()
			.flatMap(line -> ETag.parse(line).stream())
			.toList();
	}

}
