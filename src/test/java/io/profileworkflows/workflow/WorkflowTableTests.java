package io.profileworkflows.workflow;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import io.profileworkflows.EmptyTables;
import io.profileworkflows.PostgresTest;
import io.profileworkflows.SampleRequest;
import org.assertj.core.api.AbstractThrowableAssert;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@PostgresTest
@EmptyTables
class WorkflowTableTests {

	@Autowired
	JdbcClient jdbc;

	@Autowired
	Workflows workflows;

	private WorkflowId id;

	@BeforeEach
	void accept() {
		id = workflows.accept(SampleRequest.unique().request(), List.of(), "anna", null).workflow().id();
		set("remote_workflow_id", "0123456789abcdef0123456789abcdef", "provenance", "CREATED");
	}

	@ParameterizedTest
	@EnumSource
	void changesPhaseExactlyAsPhaseSays(Phase from) {
		for (var next : others(from).toList()) {
			force(from);

			assertThat(canBecome(next)).as("%s to %s", from, next).isEqualTo(from.canBecome(next));
		}
	}

	@ParameterizedTest
	@EnumSource
	void mayChangeOtherThingsInEveryPhase(Phase phase) {
		force(phase);

		set("phase", phase.name(), "error_description", "changed");

		assertThat(workflows.require(id).errorDescription()).isEqualTo("changed");
	}

	@Test
	void saysWhatCannotBecomeWhat() {
		force(Phase.CANCELLED);

		refuses("phase", "SUBMITTING").hasMessageContaining("is CANCELLED and cannot become SUBMITTING");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "accepted", "SENT" })
	void knowsNoOtherPhase(String phase) {
		refuses("phase", phase);
	}

	@ParameterizedTest
	@EnumSource
	void knowsEachStatus(Status status) {
		set("status", status.name());

		assertThat(workflows.require(id).status()).isEqualTo(status);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "complete", "DREAMING" })
	void knowsNoOtherStatus(String status) {
		refuses("status", status).hasMessageContaining("workflow_status_check");
	}

	@Test
	void takesNoDescriptionThatAwsWouldNotTake() {
		refuses("error_description", "").hasMessageContaining("workflow_error_description_check");
		refuses("error_description", "x".repeat(256)).hasMessageContaining("workflow_error_description_check");
		set("error_description", "x".repeat(255));
	}

	@Test
	void neverLetsTwoWorkflowsHoldTheSameOneAtAws() {
		id = workflows.accept(SampleRequest.unique().request(), List.of(), "anna", null).workflow().id();

		assertThatExceptionOfType(DataIntegrityViolationException.class)
			.isThrownBy(() -> set("remote_workflow_id", "0123456789abcdef0123456789abcdef", "provenance", "ADOPTED"))
			.withMessageContaining("workflow_holds_its_remote_workflow_alone");
	}

	@Test
	void alwaysKnowsHowItCameByItsRemoteWorkflow() {
		refuses("provenance", null).hasMessageContaining("workflow_with_an_id_has_a_provenance");
		refuses("remote_workflow_id", null).hasMessageContaining("workflow_with_an_id_has_a_provenance");
		refuses("provenance", "FOUND").hasMessageContaining("workflow_provenance_check");
	}

	@ParameterizedTest
	@EnumSource(names = { "SUBMITTED", "FINISHED", "DELETING" })
	void hasAnIdWhereverItIsAtAws(Phase phase) {
		force(phase);

		assertThatExceptionOfType(DataIntegrityViolationException.class)
			.isThrownBy(() -> set("remote_workflow_id", null, "provenance", null))
			.withMessageContaining("workflow_at_aws_has_an_id");
	}

	private boolean canBecome(Phase next) {
		try {
			set("phase", next.name());
			return true;
		}
		catch (DataIntegrityViolationException failure) {
			assertThat(failure).hasMessageContaining("cannot become");
			return false;
		}
	}

	private AbstractThrowableAssert<?, ? extends Throwable> refuses(String column, @Nullable String value) {
		return assertThatThrownBy(() -> set(column, value)).isInstanceOf(DataIntegrityViolationException.class);
	}

	private static Stream<Phase> others(Phase phase) {
		return Arrays.stream(Phase.values()).filter(other -> other != phase);
	}

	private void set(String column, @Nullable String value) {
		jdbc.sql("update workflow set %s = :value where id = :id".formatted(column))
			.param("value", value)
			.param("id", id.value())
			.update();
	}

	private void set(String first, @Nullable String firstValue, String second, @Nullable String secondValue) {
		jdbc.sql("update workflow set %s = :first, %s = :second where id = :id".formatted(first, second))
			.param("first", firstValue)
			.param("second", secondValue)
			.param("id", id.value())
			.update();
	}

	/** Brings it to a phase as no transition could, past the trigger. */
	private void force(Phase phase) {
		jdbc.sql("""
				with gone as (delete from workflow where id = :id returning *)
				select to_jsonb(gone) from gone
				""")
			.param("id", id.value())
			.query(String.class)
			.optional()
			.ifPresent(row -> jdbc
				.sql("""
						insert into workflow
						select (jsonb_populate_record(null::workflow, cast(:row as jsonb) || jsonb_build_object('phase', :phase))).*
						""")
				.param("row", row)
				.param("phase", phase.name())
				.update());
	}

}
