package io.profileworkflows.workflow;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;

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
			oneOf(all, workflow, "domainName", query.domainNames());
			oneOf(all, workflow, "status", query.statuses());
			oneOf(all, workflow, "phase", query.phases());
			equal(all, builder, workflow, "connectorType", query.connectorType());
			equal(all, builder, workflow, "requestedBy", query.requestedBy());
			if (query.flowNamePrefix() != null) {
				all.add(builder.like(workflow.get("flowName"), escaped(query.flowNamePrefix()) + "%", '\\'));
			}
			within(all, builder, workflow, "createdAt", query.createdFrom(), query.createdTo());
			within(all, builder, workflow, "updatedAt", query.updatedFrom(), query.updatedTo());
			query.tags().forEach((key, value) -> all.add(tagged(workflow, criteria, builder, key, value)));
			return builder.and(all);
		};
	}

	private static void oneOf(Collection<Predicate> all, Root<Workflow> workflow, String property,
			Collection<?> values) {
		if (!values.isEmpty()) {
			all.add(workflow.get(property).in(values));
		}
	}

	private static void equal(Collection<Predicate> all, CriteriaBuilder builder, Root<Workflow> workflow,
			String property, @Nullable String value) {
		if (value != null) {
			all.add(builder.equal(workflow.get(property), value));
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
			CriteriaBuilder builder, String key, String value) {
		if (criteria == null) {
			throw new IllegalStateException("A search by tag needs a query");
		}
		var subquery = criteria.subquery(UUID.class);
		var tagged = subquery.from(Workflow.class);
		var tags = tagged.<Workflow, String, String>joinMap("tags");
		subquery.select(tagged.get("id")).where(builder.equal(tags.key(), key), builder.equal(tags.value(), value));
		return workflow.get("id").in(subquery);
	}

	private static String escaped(String prefix) {
		return prefix.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
	}

}
