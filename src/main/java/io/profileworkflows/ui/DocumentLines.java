package io.profileworkflows.ui;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.profileworkflows.integration.DocumentFormat;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.dataformat.yaml.YAMLFactory;

/**
 * In which line of a document each member is, by its JSON Pointer. Of a document that
 * cannot be read to its end, the part before is known.
 */
final class DocumentLines {

	private static final TokenStreamFactory JSON = new JsonFactory();

	private static final TokenStreamFactory YAML = new YAMLFactory();

	private final List<String> text;

	private final Map<String, Integer> lines = new HashMap<>();

	private DocumentLines(List<String> text) {
		this.text = text;
	}

	static DocumentLines of(String document, DocumentFormat format) {
		var known = new DocumentLines(document.lines().toList());
		var factory = (format == DocumentFormat.JSON) ? JSON : YAML;
		try (var parser = factory.createParser(ObjectReadContext.empty(), document)) {
			known.read(parser);
		}
		catch (JacksonException _) {
			// what is wrong with it is said elsewhere
		}
		return known;
	}

	private void read(JsonParser parser) {
		while (parser.nextToken() != null) {
			var line = parser.currentTokenLocation().getLineNr();
			lines.putIfAbsent(parser.streamReadContext().pathAsPointer().toString(), line);
		}
	}

	/**
	 * The line of a member, or where it is missing that of what it is missing in.
	 */
	int lineOf(String pointer) {
		for (var place = pointer; !place.isEmpty(); place = place.substring(0, place.lastIndexOf('/'))) {
			var line = lines.get(place);
			if (line != null) {
				return line;
			}
		}
		return 1;
	}

	/** What is written in a line. */
	String text(int line) {
		return (line >= 1 && line <= text.size()) ? text.get(line - 1).strip() : "";
	}

}
