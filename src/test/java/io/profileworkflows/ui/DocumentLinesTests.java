package io.profileworkflows.ui;

import io.profileworkflows.integration.DocumentFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class DocumentLinesTests {

	private static final String JSON = """
			{
			  "Domain": "retail",
			  "Tags": { "team": "crm",
			    "a/b~c": "x" },
			  "Tasks": [
			    { "Type": "Map",
			      "Fields": ["a",
			        "b"] },
			    {
			      "Type": "Filter"
			    }
			  ]
			}
			""";

	private static final String YAML = """
			# a comment
			Domain: retail
			Tags: {team: crm,
			  a/b~c: x}
			Tasks:
			  - Type: Map
			    Fields:
			      - a
			      - b
			  -
			    Type: Filter
			Text: |
			  one
			  two
			Last: 1
			""";

	private final DocumentLines json = DocumentLines.of(JSON, DocumentFormat.JSON);

	private final DocumentLines yaml = DocumentLines.of(YAML, DocumentFormat.YAML);

	@ParameterizedTest
	@CsvSource({ "/Domain, 2", "/Tags, 3", "/Tags/team, 3", "/Tags/a~1b~0c, 4", "/Tasks, 5", "/Tasks/0, 6",
			"/Tasks/0/Type, 6", "/Tasks/0/Fields/1, 8", "/Tasks/1, 9", "/Tasks/1/Type, 10" })
	void knowsEachMemberOfJson(String pointer, int line) {
		assertThat(json.lineOf(pointer)).isEqualTo(line);
	}

	@ParameterizedTest
	@CsvSource({ "/Domain, 2", "/Tags/team, 3", "/Tags/a~1b~0c, 4", "/Tasks, 5", "/Tasks/0/Type, 6",
			"/Tasks/0/Fields/0, 8", "/Tasks/0/Fields/1, 9", "/Tasks/1/Type, 11", "/Text, 12", "/Last, 15" })
	void knowsEachMemberOfYaml(String pointer, int line) {
		assertThat(yaml.lineOf(pointer)).isEqualTo(line);
	}

	@ParameterizedTest
	@CsvSource({ "/Tasks/1/Missing, 9", "/Tasks/0/Fields/7, 7", "/Missing/Deeper, 1", "'', 1" })
	void showsWhatIsMissingWhereItIsMissing(String pointer, int line) {
		assertThat(json.lineOf(pointer)).isEqualTo(line);
	}

	@Test
	void knowsThePartBeforeWhatCannotBeRead() {
		var broken = DocumentLines.of("{\n \"a\": 1,\n \"b\": [1,\n 2,,", DocumentFormat.JSON);

		assertThat(broken.lineOf("/a")).isEqualTo(2);
		assertThat(broken.lineOf("/b/1")).isEqualTo(4);
		assertThat(DocumentLines.of("a: 1\nb: [1\nc: }", DocumentFormat.YAML).lineOf("/a")).isEqualTo(1);
		assertThat(DocumentLines.of("", DocumentFormat.YAML).lineOf("/a")).isEqualTo(1);
	}

	@Test
	void keepsTheTextOfEachLine() {
		assertThat(json.text(2)).isEqualTo("\"Domain\": \"retail\",");
		assertThat(json.text(99)).isEmpty();
		assertThat(DocumentLines.of("{\r\n\"a\": 1\r\n}", DocumentFormat.JSON).lineOf("/a")).isEqualTo(2);
	}

}
