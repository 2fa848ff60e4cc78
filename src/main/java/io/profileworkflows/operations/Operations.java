package io.profileworkflows.operations;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

import io.profileworkflows.database.Columns;
import io.profileworkflows.database.ResultRow;
import io.profileworkflows.outbox.Outbox;
import io.profileworkflows.outbox.Work;
import io.profileworkflows.search.Search;
import io.profileworkflows.security.Caller;
import io.profileworkflows.security.Role;
import io.profileworkflows.security.Wildcards;
import io.profileworkflows.workflow.WorkflowId;
import io.profileworkflows.workflow.Workflows;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Actions on many workflows. An action is carried out on what its preview found, and on
 * nothing else. Each workflow has a row, which changes in the transaction that changes
 * the workflow.
 */
@Repository
@Transactional
public class Operations {

	static final String KIND = "operation";

	private static final String SUBJECT = "operation/";

	private static final Duration PREVIEW_GOOD_FOR = Duration.ofMinutes(15);

	/** Of one caller; the oldest give way. */
	private static final int MOST_PREVIEWS = 20;

	private static final int SAMPLE = 10;

	private static final String COLUMNS = """
			select operation.*,
			  (select count(*) from operation_item where operation_id = operation.id and outcome = 'DONE') as done,
			  (select count(*) from operation_item where operation_id = operation.id and outcome = 'UNCHANGED') as unchanged,
			  (select count(*) from operation_item where operation_id = operation.id and outcome = 'REFUSED') as refused
			from operation
			""";

	private final JsonMapper json = JsonMapper.builder().build();

	private final JdbcClient jdbc;

	private final Search search;

	private final Workflows workflows;

	private final Outbox outbox;

	private final OperationsSettings settings;

	private final Clock clock;

	Operations(JdbcClient jdbc, Search search, Workflows workflows, Outbox outbox, OperationsSettings settings,
			Clock clock) {
		this.jdbc = jdbc;
		this.search = search;
		this.workflows = workflows;
		this.outbox = outbox;
		this.settings = settings;
		this.clock = clock;
	}

	/**
	 * Finds what an action would be carried out on, and remembers it for a while.
	 * @throws TooManyFound when that is too much
	 */
	public OperationPreview preview(BulkOrder order, Caller caller) {
		var found = search.findAll(order.query(), settings.mostWorkflows())
			.orElseThrow(() -> new TooManyFound(settings.mostWorkflows()));
		var now = now();
		var token = found.isEmpty() ? null : OperationId.next();
		if (token != null) {
			remember(token, order, caller, found, now);
			forgetOlderPreviews(caller);
		}
		var first = found.stream().limit(SAMPLE).toList();
		var shown = workflows.findAll(first);
		return new OperationPreview(order.action(), found.size(),
				first.stream().filter(shown::containsKey).map(shown::get).toList(), token, now.plus(PREVIEW_GOOD_FOR));
	}

	private void remember(OperationId token, BulkOrder order, Caller caller, List<WorkflowId> found, Instant now) {
		jdbc.sql(
				"""
						insert into operation (id, action, state, requested_by, requester, question, filter, instructions, domains,
						  operated_domains, total, found, created_at)
						values (:id, :action, 'PREVIEWED', :requestedBy, :requester, :question, :filter,
						  cast(:instructions as jsonb), :domains, :operatedDomains, :total, cast(:found as uuid[]), :now)
						""")
			.param("id", token.value())
			.param("action", order.action().name())
			.param("requestedBy", caller.name())
			.param("requester", requester(caller))
			.param("question", order.query().question())
			.param("filter", order.filter())
			.param("instructions", json.writeValueAsString(order.instructions()))
			.param("domains", patterns(caller, Role.SUBMITTER))
			.param("operatedDomains", patterns(caller, Role.OPERATOR))
			.param("total", found.size())
			.param("found", Columns.texts(found, Function.identity()))
			.param("now", now.atOffset(ZoneOffset.UTC))
			.update();
	}

	private void forgetOlderPreviews(Caller caller) {
		jdbc.sql("""
				delete from operation where id = any(array(
				  select id from operation where requester = :requester and state = 'PREVIEWED'
				  order by number desc offset :most for update skip locked))
				""").param("requester", requester(caller)).param("most", MOST_PREVIEWS).update();
	}

	/**
	 * Starts an action on what its preview found. Asked again, it is the same operation.
	 * @throws PreviewUnusable when the token is not of a preview of the same action and
	 * filter by the same caller, or too old
	 */
	public BulkOperation start(OperationId token, BulkOrder order, Caller caller) {
		var previewed = jdbc.sql("""
				select state, created_at from operation
				where id = :id and requester = :requester and action = :action and question = :question
				  and instructions = cast(:instructions as jsonb)
				for update
				""")
			.param("id", token.value())
			.param("requester", requester(caller))
			.param("action", order.action().name())
			.param("question", order.query().question())
			.param("instructions", json.writeValueAsString(order.instructions()))
			.query(Previewed.class)
			.optional()
			.orElseThrow(() -> new PreviewUnusable("is not of a preview of this action with this filter"));
		if (previewed.state().equals("PREVIEWED")) {
			if (previewed.createdAt().plus(PREVIEW_GOOD_FOR).isBefore(clock.instant())) {
				throw new PreviewUnusable("is more than %s minutes old".formatted(PREVIEW_GOOD_FOR.toMinutes()));
			}
			begin(token, caller);
		}
		return require(token);
	}

	/** With what the caller may do by now. */
	private void begin(OperationId id, Caller caller) {
		jdbc.sql("""
				insert into operation_item (operation_id, position, workflow_id)
				select operation.id, item.position, item.workflow_id
				from operation, unnest(found) with ordinality as item (workflow_id, position)
				where operation.id = :id
				""").param("id", id.value()).update();
		jdbc.sql("""
				update operation set state = 'RUNNING', found = null, created_at = :now, domains = :domains,
				  operated_domains = :operatedDomains
				where id = :id
				""")
			.param("id", id.value())
			.param("now", now().atOffset(ZoneOffset.UTC))
			.param("domains", patterns(caller, Role.SUBMITTER))
			.param("operatedDomains", patterns(caller, Role.OPERATOR))
			.update();
		outbox.add(KIND, SUBJECT + id, Work.ALL_DOMAINS);
	}

	/**
	 * Shows an operation to the caller who started it, or to an operator of all domains.
	 * @throws OperationNotFound to others
	 */
	@Transactional(readOnly = true)
	public BulkOperation require(OperationId id, Caller caller) {
		return find("where id = :id and state <> 'PREVIEWED' and (:everybody or requester = :requester)", id, caller)
			.stream()
			.findFirst()
			.orElseThrow(() -> new OperationNotFound(id));
	}

	private List<BulkOperation> find(String condition, OperationId id, Caller caller) {
		return jdbc.sql(COLUMNS + condition)
			.param("id", id.value())
			.param("everybody", seesAll(caller))
			.param("requester", requester(caller))
			.query(Operations::operation)
			.list();
	}

	/**
	 * Lists operations, the latest first.
	 * @param before number of the last one seen, or the greatest there is
	 */
	@Transactional(readOnly = true)
	public List<BulkOperation> list(Caller caller, long before, int limit) {
		return jdbc.sql(COLUMNS + """
				where number < :before and state <> 'PREVIEWED' and (:everybody or requester = :requester)
				order by number desc limit :limit
				""")
			.param("before", before)
			.param("everybody", seesAll(caller))
			.param("requester", requester(caller))
			.param("limit", limit)
			.query(Operations::operation)
			.list();
	}

	/** Those first that were found first. */
	@Transactional(readOnly = true)
	public List<RefusedItem> refusedOf(OperationId id, int limit) {
		return jdbc.sql("""
				select workflow_id, detail from operation_item where operation_id = :id and outcome = 'REFUSED'
				order by position limit :limit
				""")
			.param("id", id.value())
			.param("limit", limit)
			.query((row, _) -> new RefusedItem(new WorkflowId(row.getObject(1, UUID.class)), row.getString(2)))
			.list();
	}

	/**
	 * The workflows of an operation, those first that were found first.
	 * @param outcome only those of which that came; null for all
	 * @param after position of the last one seen
	 */
	@Transactional(readOnly = true)
	public List<OperationItem> items(OperationId id, ItemOutcome.@Nullable Kind outcome, long after, int limit) {
		return jdbc.sql("""
				select position, workflow_id, outcome, detail from operation_item
				where operation_id = :id and position > :after and (:outcome is null or outcome = :outcome)
				order by position limit :limit
				""")
			.param("id", id.value())
			.param("after", after)
			.param("outcome", (outcome != null) ? outcome.name() : null, Types.VARCHAR)
			.param("limit", limit)
			.query(Operations::operationItem)
			.list();
	}

	private static OperationItem operationItem(ResultSet set, int number) throws SQLException {
		var row = new ResultRow(set);
		var outcome = row.find("outcome");
		return new OperationItem(set.getInt("position"), new WorkflowId(row.uuid("workflow_id")),
				(outcome != null) ? new ItemOutcome(ItemOutcome.Kind.valueOf(outcome), row.find("detail")) : null);
	}

	/**
	 * Stops an operation: what it has not come to stays as it is. One that has ended is
	 * left alone.
	 * @throws OperationNotFound also when it is another caller's
	 */
	public BulkOperation cancel(OperationId id, Caller caller) {
		require(id, caller);
		jdbc.sql("update operation set state = 'CANCELLED', ended_at = :now where id = :id and state = 'RUNNING'")
			.param("id", id.value())
			.param("now", now().atOffset(ZoneOffset.UTC))
			.update();
		return require(id);
	}

	private BulkOperation require(OperationId id) {
		return jdbc.sql(COLUMNS + "where id = :id").param("id", id.value()).query(Operations::operation).single();
	}

	/** The operation that work is about. */
	static OperationId idIn(String subject) {
		return OperationId.parse(subject.substring(SUBJECT.length()))
			.orElseThrow(() -> new IllegalArgumentException("Not the subject of an operation: " + subject));
	}

	/**
	 * What is to be done next.
	 * @return nothing when it has come to all, or is not to go on
	 */
	@Transactional(readOnly = true)
	Optional<Item> next(OperationId id) {
		return jdbc.sql("""
				select position, workflow_id, action, requested_by, instructions, domains, operated_domains
				from operation join operation_item on operation_id = operation.id
				where operation.id = :id and state = 'RUNNING' and outcome is null
				order by position limit 1
				""").param("id", id.value()).query(this::item).optional();
	}

	/**
	 * Notes what came of an item, in the transaction that made it so.
	 * @return false if somebody has noted it before, or the operation was cancelled: then
	 * nothing may be changed
	 */
	@Transactional(propagation = Propagation.MANDATORY)
	boolean settle(OperationId id, int position, ItemOutcome outcome) {
		return jdbc.sql("""
				with running as materialized (
				  select id from operation where id = :id and state = 'RUNNING' for share
				)
				update operation_item set outcome = :outcome, detail = :detail
				from running where operation_id = running.id and position = :position and outcome is null
				""")
			.param("id", id.value())
			.param("position", position)
			.param("outcome", outcome.kind().name())
			.param("detail", outcome.detail())
			.update() == 1;
	}

	/** Something came of all of it. */
	@Transactional(propagation = Propagation.MANDATORY)
	void finish(OperationId id) {
		jdbc.sql("""
				update operation set state = 'FINISHED', ended_at = :now
				where id = :id and state = 'RUNNING'
				  and not exists (select from operation_item where operation_id = :id and outcome is null)
				""").param("id", id.value()).param("now", now().atOffset(ZoneOffset.UTC)).update();
	}

	/** Previews that nobody started, and operations that ended long ago. */
	@Scheduled(initialDelay = 60_000, fixedDelay = 600_000)
	void forget() {
		jdbc.sql("""
				delete from operation where id = any(array(
				  select id from operation
				  where state = 'PREVIEWED' and created_at < :previewedBefore or ended_at < :endedBefore
				  order by created_at limit 1000 for update skip locked))
				""")
			.param("previewedBefore", now().minus(PREVIEW_GOOD_FOR.multipliedBy(2)).atOffset(ZoneOffset.UTC))
			.param("endedBefore", now().minus(settings.keepFor()).atOffset(ZoneOffset.UTC))
			.update();
	}

	private static boolean seesAll(Caller caller) {
		return caller.mayEverywhere(Role.OPERATOR);
	}

	private static String requester(Caller caller) {
		return Objects.requireNonNullElse(caller.identity(), caller.name());
	}

	private static String[] patterns(Caller caller, Role role) {
		return caller.domains(role).patterns().stream().sorted().toArray(String[]::new);
	}

	private Instant now() {
		return clock.instant().truncatedTo(ChronoUnit.MILLIS);
	}

	private Item item(ResultSet set, int number) throws SQLException {
		var row = new ResultRow(set);
		return new Item(set.getInt("position"), new WorkflowId(row.uuid("workflow_id")),
				BulkAction.valueOf(row.text("action")), row.text("requested_by"),
				json.readValue(row.text("instructions"), Instructions.class), Wildcards.of(row.texts("domains")),
				Wildcards.of(row.texts("operated_domains")));
	}

	private static BulkOperation operation(ResultSet set, int number) throws SQLException {
		var row = new ResultRow(set);
		return new BulkOperation(new OperationId(row.uuid("id")), row.number("number"),
				BulkAction.valueOf(row.text("action")), OperationState.valueOf(row.text("state")),
				row.text("requested_by"), row.text("filter"), set.getInt("total"), set.getInt("done"),
				set.getInt("unchanged"), set.getInt("refused"), row.time("created_at"), row.findTime("ended_at"));
	}

	record Previewed(String state, Instant createdAt) {
	}

	/**
	 * What is to be done with one workflow.
	 *
	 * @param domains where the caller may act
	 * @param operatedDomains where the caller is an operator
	 */
	record Item(int position, WorkflowId workflow, BulkAction action, String requestedBy, Instructions instructions,
			Wildcards domains, Wildcards operatedDomains) {
	}

}
