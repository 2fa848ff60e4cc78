package io.profileworkflows.workflow;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

import io.profileworkflows.security.Wildcards;
import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.CriteriaQuery;
import jakarta.persistence.criteria.Predicate;
import jakarta.persistence.criteria.Root;
import org.jspecify.annotations.Nullable;

import org.springframework.data.domain.KeysetScrollPosition;
import org.springframework.data.domain.ScrollPosition;
import org.springframework.data.domain.Sort;
import org.springframework.data.jpa.domain.Specification;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Finds workflows, newest first, page by page.
 */
@Component
@Transactional(readOnly = true)
public class Search {

	private final WorkflowRepository repository;

	Search(WorkflowRepository repository) {
		this.repository = repository;
	}

	public WorkflowPage find(WorkflowQuery query, @Nullable Cursor after, int limit) {
		var order = query.order().property();
		var window = repository.findBy(matching(query),
				found -> found.sortBy(Sort.by(Sort.Direction.DESC, order, "id"))
					.limit(limit)
					.scroll(position(after, order)));
		var workflows = window.getContent();
		workflows.forEach(Workflow::withTags);
		return new WorkflowPage(workflows, window.hasNext() ? cursor(workflows.getLast(), query.order()) : null);
	}

	private static KeysetScrollPosition position(@Nullable Cursor after, String order) {
		return (after == null) ? ScrollPosition.keyset()
				: ScrollPosition.forward(Map.of(order, after.at(), "id", after.id()));
	}

	private static Cursor cursor(Workflow last, WorkflowQuery.Order order) {
		return new Cursor((order == WorkflowQuery.Order.CREATED) ? last.createdAt() : last.updatedAt(),
				last.id().value());
	}

	private static Specification<Workflow> matching(WorkflowQuery query) {
		return (workflow, criteria, builder) -> {
			var all = new ArrayList<Predicate>();
			readable(all, builder, workflow, query.readable());
			oneOf(all, workflow, "domainName", query.domainNames());
			oneOf(all, workflow, "status", query.statuses());
			oneOf(all, workflow, "phase", query.phases());
			oneOf(all, workflow, "connectorType", query.connectorTypes());
			if (query.requestedBy() != null) {
				all.add(builder.equal(workflow.get("requestedBy"), query.requestedBy()));
			}
			if (query.flowNamePrefix() != null) {
				all.add(builder.like(workflow.get("flowName"), escaped(query.flowNamePrefix()) + "%", '\\'));
			}
			within(all, builder, workflow, "createdAt", query.createdFrom(), query.createdTo());
			within(all, builder, workflow, "updatedAt", query.updatedFrom(), query.updatedTo());
			query.tags().forEach(tag -> all.add(tagged(workflow, criteria, builder, tag)));
			return builder.and(all);
		};
	}

	private static void readable(Collection<Predicate> all, CriteriaBuilder builder, Root<Workflow> workflow,
			Wildcards domainNames) {
		if (!domainNames.includeEverything()) {
			all.add(builder.or(domainNames.patterns()
				.stream()
				.map(pattern -> builder.like(workflow.get("domainName"), escaped(pattern).replace('*', '%'), '\\'))
				.toArray(Predicate[]::new)));
		}
	}

	private static void oneOf(Collection<Predicate> all, Root<Workflow> workflow, String property,
			Collection<?> values) {
		if (!values.isEmpty()) {
			all.add(workflow.get(property).in(values));
		}
	}

	private static void within(Collection<Predicate> all, CriteriaBuilder builder, Root<Workflow> workflow,
			String property, @Nullable Instant from, @Nullable Instant to) {
		if (from != null) {
			all.add(builder.greaterThanOrEqualTo(workflow.get(property), from));
		}
		if (to != null) {
			all.add(builder.lessThanOrEqualTo(workflow.get(property), to));
		}
	}

	private static Predicate tagged(Root<Workflow> workflow, @Nullable CriteriaQuery<?> criteria,
			CriteriaBuilder builder, String tag) {
		if (criteria == null) {
			throw new IllegalStateException("A search by tag needs a query");
		}
		var subquery = criteria.subquery(UUID.class);
		var tagged = subquery.from(Workflow.class);
		var tags = tagged.<Workflow, String, String>joinMap("tags");
		// a key may have colons, so that any of them may be the one between key and value
		var readings = IntStream.range(1, tag.length())
			.filter(place -> tag.charAt(place) == ':')
			.mapToObj(colon -> builder.and(builder.equal(tags.key(), tag.substring(0, colon)),
					builder.equal(tags.value(), tag.substring(colon + 1))))
			.toArray(Predicate[]::new);
		subquery.select(tagged.get("id")).where(builder.or(readings));
		return workflow.get("id").in(subquery);
	}

	private static String escaped(String prefix) {
		return prefix.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
	}

}
