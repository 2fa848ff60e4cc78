package io.profileworkflows.ui;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

import io.profileworkflows.http.BadParameter;
import io.profileworkflows.http.Documents;
import io.profileworkflows.http.PathParts;
import io.profileworkflows.http.RequestDocument;
import io.profileworkflows.integration.Checked;
import io.profileworkflows.integration.CreateIntegrationWorkflow;
import io.profileworkflows.integration.DocumentFormat;
import io.profileworkflows.openapi.RequestExamples;
import io.profileworkflows.preflight.CheckResult;
import io.profileworkflows.preflight.Finding;
import io.profileworkflows.preflight.Preflight;
import io.profileworkflows.security.AccessCheck;
import io.profileworkflows.security.Caller;
import io.profileworkflows.security.Computing;
import io.profileworkflows.security.Requires;
import io.profileworkflows.security.Role;
import io.profileworkflows.workflow.Admission;
import io.profileworkflows.workflow.IdempotencyKey;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * A new request: checked as its author types, with each mistake at its line, then sent.
 */
@Controller
@RequestMapping("/ui/new")
class DraftController {

	private final Documents documents;

	private final Admission admission;

	private final Preflight preflight;

	private final RequestExamples examples;

	private final Computing computing;

	DraftController(Documents documents, Admission admission, Preflight preflight, RequestExamples examples,
			Computing computing) {
		this.documents = documents;
		this.admission = admission;
		this.preflight = preflight;
		this.examples = examples;
		this.computing = computing;
	}

	@Requires(value = Role.SUBMITTER, inAnyDomain = true)
	@GetMapping(name = "Page.NewRequest")
	String show(@RequestParam(name = "sample", defaultValue = "") String sample,
			@RequestParam(name = "domain", defaultValue = "") String domainName, Model model) {
		return draft(domainName, examples.find(sample).orElse(""), UUID.randomUUID().toString(), model);
	}

	/** The dry run, in the part of the page that shows what came of it. */
	@Requires(value = Role.SUBMITTER, inAnyDomain = true)
	@PostMapping(name = "Page.CheckRequest", path = "/check")
	String check(@RequestParam(name = "domain", defaultValue = "") String domainName,
			@RequestParam(name = "document", defaultValue = "") String document,
			@RequestParam(name = "key", defaultValue = "") String key, Model model) {
		model.addAttribute("check", check(domainName.strip(), document));
		return draft(domainName, document, key, model);
	}

	@Requires(value = Role.SUBMITTER, inAnyDomain = true)
	@PostMapping(name = "Page.CreateWorkflow")
	String create(@RequestParam(name = "domain", defaultValue = "") String domainName,
			@RequestParam(name = "document", defaultValue = "") String document,
			@RequestParam(name = "key", defaultValue = "") String key, HttpServletResponse response, Model model) {
		var check = check(domainName.strip(), document);
		var checked = check.checked();
		if (checked == null || !check.isAcceptable()) {
			response.setStatus(HttpStatus.BAD_REQUEST.value());
			model.addAttribute("check", check);
			return draft(domainName, document, key, model);
		}
		var accepted = admission.admit(checked, Caller.current().name(), keyOf(key));
		return "redirect:%s?did=%s".formatted(Row.hrefOf(accepted.workflow()),
				accepted.replayed() ? Told.REPLAY : Told.CREATE);
	}

	private String draft(String domainName, String document, String key, Model model) {
		model.addAttribute("samples", examples.names());
		model.addAttribute("domain", domainName);
		model.addAttribute("document", document);
		model.addAttribute("key", key);
		return "ui/new";
	}

	/** So that a form that is sent twice makes one workflow. */
	private static IdempotencyKey keyOf(String key) {
		if (key.isBlank() || key.length() > IdempotencyKey.LONGEST) {
			throw new BadParameter("key", "is missing; open the page again");
		}
		return IdempotencyKey.chosen(key);
	}

	private Check check(String domainName, String document) {
		if (document.isBlank()) {
			return Check.nothing("Paste a request, or begin with a sample.");
		}
		if (!PathParts.isDomainName(domainName)) {
			return Check.nothing("Fill in the domain: 1 to 64 characters of a-z, A-Z, 0-9, _ and -.");
		}
		AccessCheck.require(Role.SUBMITTER, domainName);
		var format = document.stripLeading().startsWith("{") ? DocumentFormat.JSON : DocumentFormat.YAML;
		var body = new RequestDocument(document.getBytes(StandardCharsets.UTF_8), format);
		var checked = admission.check(documents.readRequest(body, domainName, null));
		var request = checked.value();
		var findings = (request != null) ? preflight.look(request) : List.<Finding>of();
		var lines = computing.compute(() -> DocumentLines.of(document, format));
		return new Check(checked, Remark.of(checked, findings, lines),
				findings.stream().filter(finding -> finding.result() == CheckResult.PASSED).toList(),
				checked.isValid() && findings.stream().noneMatch(Finding::isDecisive), null);
	}

	/**
	 * What came of a dry run.
	 *
	 * @param advice what to do before there can be one
	 */
	record Check(@Nullable Checked<CreateIntegrationWorkflow> checked, List<Remark> remarks, List<Finding> passed,
			boolean isAcceptable, @Nullable String advice) {

		static Check nothing(String advice) {
			return new Check(null, List.of(), List.of(), false, advice);
		}

		public long mistakes() {
			return remarks.stream().filter(remark -> remark.mark() == Mark.FAILED).count();
		}

	}

}
