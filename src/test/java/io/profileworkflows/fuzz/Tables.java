package io.profileworkflows.fuzz;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * All that is stored, whichever tables there are.
 */
class Tables {

	private final JdbcClient jdbc;

	private final List<String> names;

	Tables(JdbcClient jdbc) {
		this.jdbc = jdbc;
		this.names = jdbc.sql("""
				select c.relname from pg_class c
				where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
				  and c.relname not in ('flyway_schema_history', 'upstream_budget')
				""").query(String.class).list();
	}

	/** What is written between these and an x, anywhere: the numbers of requests. */
	Set<Integer> numbersAfter(String prefix) {
		var number = Pattern.compile(prefix + "(\\d{1,9})x");
		return names.stream()
			.flatMap(name -> jdbc.sql("select t::text from %s t where t::text like '%%%s%%'".formatted(name, prefix))
				.query(String.class)
				.list()
				.stream())
			.flatMap(row -> number.matcher(row).results())
			.map(found -> Integer.valueOf(found.group(1)))
			.collect(Collectors.toSet());
	}

	long count(String name) {
		return jdbc.sql("select count(*) from " + name).query(Long.class).single();
	}

	void empty() {
		jdbc.sql("truncate " + String.join(", ", names)).update();
	}

}
