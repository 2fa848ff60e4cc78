package io.profileworkflows.ui;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

import io.profileworkflows.integration.Checked;
import io.profileworkflows.integration.Violation;
import io.profileworkflows.preflight.CheckResult;
import io.profileworkflows.preflight.Finding;

/**
 * What there is to say about one line of a request.
 *
 * @param text of the line
 * @param kind in a word
 */
record Remark(int line, String text, String pointer, String message, Mark mark, String kind) {

	/** In messages about documents that cannot be read. */
	private static final Pattern PLACE = Pattern.compile("\\(line (\\d{1,7}), column \\d+\\)");

	static List<Remark> of(Checked<?> checked, List<Finding> findings, DocumentLines lines) {
		var remarks = new ArrayList<Remark>();
		checked.violations().forEach(violation -> remarks.add(of(violation, Mark.FAILED, "mistake", lines)));
		findings.stream()
			.filter(finding -> finding.result() != CheckResult.PASSED)
			.forEach(finding -> remarks.add(of(finding, lines)));
		checked.warnings().forEach(warning -> remarks.add(of(warning, Mark.PERSON, "warning", lines)));
		remarks.sort(Comparator.comparingInt(Remark::line));
		return List.copyOf(remarks);
	}

	private static Remark of(Violation violation, Mark mark, String kind, DocumentLines lines) {
		var place = PLACE.matcher(violation.message());
		var line = place.find() ? Integer.parseInt(place.group(1)) : lines.lineOf(violation.pointer());
		return new Remark(line, lines.text(line), violation.pointer(), violation.message(), mark, kind);
	}

	private static Remark of(Finding finding, DocumentLines lines) {
		var line = lines.lineOf(finding.pointer());
		var isFailed = finding.isFailed();
		return new Remark(line, lines.text(line), finding.pointer(),
				Objects.requireNonNullElse(finding.reason(), "is not as it should be"), Mark.of(finding.result()),
				isFailed ? "AWS: mistake" : "AWS: not known");
	}

}
