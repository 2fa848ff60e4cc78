package io.profileworkflows.integration;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.stereotype.Component;

/**
 * Reads documents into records and finds all their mistakes at once: wrong types, unknown
 * members, missing members, broken constraints, and values that do not fit together. No
 * message repeats a value, because values may be sensitive.
 */
@Component
public class DocumentReader {

	/** The most bytes that any document may have. */
	public static final int MAX_BYTES = 1 << 20;

	/** The most bytes that many requests together may have. */
	public static final int MAX_BYTES_OF_MANY = 1 << 24;

	/**
	 * As many as a request in YAML needs for a thousand fields. To read a byte of YAML
	 * takes ten times as long as to read one of JSON.
	 */
	private static final int MAX_BYTES_IN_YAML = 1 << 18;

	/** Of documents that are no request: filters, tags, reasons. */
	private static final int MAX_BYTES_OF_OTHERS = 1 << 16;

	/**
	 * More help nobody, and an answer should not be many times larger than its request.
	 */
	static final int MAX_REPORTED = 1000;

	private static final String DOMAIN_NAME = "DomainName";

	private static final String BATCHES = "Batches";

	private static final Comparator<Violation> IN_ORDER = Comparator.comparing(Violation::pointer, Pointers.ORDER)
		.thenComparing(Violation::message);

	private final Validator validator;

	public DocumentReader(Validator validator) {
		this.validator = validator;
	}

	/** The most bytes that a document may have that is read as a record of that type. */
	public static int mostBytes(Class<?> type, DocumentFormat format) {
		if (type != CreateIntegrationWorkflow.class) {
			return MAX_BYTES_OF_OTHERS;
		}
		return (format == DocumentFormat.YAML) ? MAX_BYTES_IN_YAML : MAX_BYTES;
	}

	/**
	 * Reads a document into a record of its members, which may be any: names of members
	 * come from {@code @JsonProperty} or else are the components' in upper camel case.
	 * @throws DocumentTooLarge when the document has more than {@link #mostBytes}
	 */
	public <T extends Record> Checked<T> read(byte[] body, DocumentFormat format, Class<T> type) {
		try {
			return check(parse(body, format, type), new RecordBinder(format), type);
		}
		catch (DocumentParser.Unreadable failure) {
			return unreadable(failure);
		}
	}

	/**
	 * Reads a request whose domain is named outside the document, and may be named in it
	 * again.
	 * @throws DocumentTooLarge when the document has more than {@link #mostBytes}
	 */
	public Checked<CreateIntegrationWorkflow> readRequest(byte[] body, DocumentFormat format,
			String domainNameFromPath) {
		return readRequest(body, format, domainNameFromPath, null);
	}

	/**
	 * The same of a request whose batches are computed where it has none.
	 * @param importSince null where none are computed
	 * @throws DocumentTooLarge when the document has more than {@link #mostBytes}
	 */
	public Checked<CreateIntegrationWorkflow> readRequest(byte[] body, DocumentFormat format, String domainNameFromPath,
			@Nullable ImportSince importSince) {
		try {
			var document = parse(body, format, CreateIntegrationWorkflow.class);
			var binder = new RecordBinder(format);
			var named = document.get(DOMAIN_NAME);
			if (named != null && named.isString() && !named.stringValue().equals(domainNameFromPath)) {
				binder.mistake(Pointers.child("", DOMAIN_NAME), "must be the domain in the path, or be left out");
			}
			if (named == null || named.isNull()) {
				document.put(DOMAIN_NAME, domainNameFromPath);
			}
			return check(document, binder, importSince);
		}
		catch (DocumentParser.Unreadable failure) {
			return unreadable(failure);
		}
	}

	/**
	 * Reads one of many requests, which names its domain itself.
	 * @param line of the document with all of them, in which this one begins
	 * @param importSince null where no batches are computed
	 * @throws DocumentTooLarge when it has more than {@link #mostBytes}
	 */
	public Checked<CreateIntegrationWorkflow> readOneOfMany(byte[] body, DocumentFormat format, int line,
			@Nullable ImportSince importSince) {
		try {
			requireSize(body, format, CreateIntegrationWorkflow.class);
			return check(DocumentParser.parse(body, format, line), new RecordBinder(format), importSince);
		}
		catch (DocumentParser.Unreadable failure) {
			return unreadable(failure);
		}
	}

	private Checked<CreateIntegrationWorkflow> check(ObjectNode document, RecordBinder binder,
			@Nullable ImportSince importSince) {
		if (importSince == null) {
			return check(document, binder, CreateIntegrationWorkflow.class);
		}
		var isFilled = fill(document, importSince);
		var checked = check(document, binder, CreateIntegrationWorkflow.class);
		return isFilled ? checked : withOwnBatches(checked);
	}

	/**
	 * Before all checks, so that what is worth a warning about batches is said of these.
	 * @return false if the document has batches of its own
	 */
	private static boolean fill(ObjectNode document, ImportSince importSince) {
		if (!(document.path("IntegrationConfig").path("AppflowIntegration") instanceof ObjectNode integration)) {
			// it has a mistake there, which is said
			return true;
		}
		var given = integration.path(BATCHES);
		if (!given.isMissingNode() && !given.isNull() && !(given.isArray() && given.isEmpty())) {
			return false;
		}
		var batches = integration.putArray(BATCHES);
		for (var batch : importSince.batches()) {
			batches.addObject().put("StartTime", seconds(batch.startTime())).put("EndTime", seconds(batch.endTime()));
		}
		return true;
	}

	private static BigDecimal seconds(Instant time) {
		return BigDecimal.valueOf(time.toEpochMilli(), 3);
	}

	private static Checked<CreateIntegrationWorkflow> withOwnBatches(Checked<CreateIntegrationWorkflow> checked) {
		var warnings = new ArrayList<>(checked.warnings());
		warnings.add(new Violation("/IntegrationConfig/AppflowIntegration/" + BATCHES,
				"are those of the request; import-since computes none where it has some"));
		return new Checked<>(checked.value(), checked.violations(), report(warnings));
	}

	private static ObjectNode parse(byte[] body, DocumentFormat format, Class<?> type)
			throws DocumentParser.Unreadable {
		requireSize(body, format, type);
		return DocumentParser.parse(body, format);
	}

	private static void requireSize(byte[] body, DocumentFormat format, Class<?> type) {
		var most = mostBytes(type, format);
		if (body.length > most) {
			throw new DocumentTooLarge(most);
		}
	}

	private static <T> Checked<T> unreadable(DocumentParser.Unreadable ex) {
		return new Checked<>(null, List.of(ex.violation()), List.of());
	}

	private <T extends Record> Checked<T> check(ObjectNode document, RecordBinder binder, Class<T> type) {
		var value = binder.bind(document, type);
		if (binder.isFull()) {
			return new Checked<>(null, report(binder.mistakes()), List.of());
		}
		var violations = new ArrayList<>(binder.mistakes());
		var warnings = new ArrayList<Violation>();
		var misread = new HashSet<String>();
		binder.mistakes().forEach(mistake -> misread.add(mistake.pointer()));
		for (var broken : validator.validate(value)) {
			var pointer = Pointers.of(type, broken.getPropertyPath());
			if (!isMisread(pointer, misread)) {
				(isWarning(broken) ? warnings : violations).add(new Violation(pointer, broken.getMessage()));
			}
		}
		return new Checked<>(violations.isEmpty() ? value : null, report(violations), report(warnings));
	}

	/**
	 * What could not be read is null by now, and nothing said about it would be true.
	 */
	private static boolean isMisread(String pointer, Set<String> misread) {
		return Stream.iterate(pointer, inner -> !inner.isEmpty(), inner -> inner.substring(0, inner.lastIndexOf('/')))
			.anyMatch(misread::contains);
	}

	private static boolean isWarning(ConstraintViolation<?> violation) {
		return violation.getConstraintDescriptor().getPayload().contains(Warning.class);
	}

	private static List<Violation> report(List<Violation> found) {
		var reported = new ArrayList<>(found.stream().sorted(IN_ORDER).distinct().limit(MAX_REPORTED).toList());
		if (found.size() > MAX_REPORTED) {
			reported
				.add(new Violation("", "has more than " + MAX_REPORTED + " mistakes, of which these are the first"));
		}
		return reported;
	}

}
