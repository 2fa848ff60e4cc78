package io.profileworkflows.bulk;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import io.profileworkflows.bulk.Piece.TooLarge;
import io.profileworkflows.bulk.Piece.Unreadable;
import io.profileworkflows.bulk.Piece.Whole;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class PiecesTests {

	private static final int MOST = 40;

	@Test
	void areLinesOfJson() throws IOException {
		assertThat(lines("\uFEFF{\"a\":1}\r\n\n  \n{\"b\n{}")).containsExactly("1 {\"a\":1}\r", "4 {\"b", "5 {}");
		assertThat(lines("")).isEmpty();
		assertThat(lines("\n \r\n")).isEmpty();
		assertThat(lines("{}\n" + "x".repeat(MOST + 1) + "\n{}\n")).containsExactly("1 {}", "2 too large", "3 {}");
	}

	@Test
	void areElementsOfAList() throws IOException {
		assertThat(array("[]")).isEmpty();
		assertThat(array(" [ ] ")).isEmpty();
		assertThat(array("[{},\n {\"a\": [1, {}]}\n]\n")).containsExactly("1 {}", "2 {\"a\": [1, {}]}\n");
		assertThat(array("[\"a]\\\",{\", 2]")).containsExactly("1 \"a]\\\",{\"", "1 2");
		assertThat(array("[{},,{}]")).containsExactly("1 {}", "1 ", "1 {}");
		assertThat(array("[[" + " ".repeat(MOST) + "], {}]")).containsExactly("1 too large", "1 {}");
		assertThat(array("[\"\\\\\",{}]")).containsExactly("1 \"\\\\\"", "1 {}");
	}

	@ParameterizedTest
	@ValueSource(strings = { "[{},\n{\"a", "[{},\n{\"a\": 1", "[{},\n", "[{},\n}]", "[{}]\nx", "[{},\n\"\\" })
	void endWhereNobodyCanTellWhatAListHas(String body) throws IOException {
		assertThat(array(body)).hasSize(2).startsWith("1 {}").last().asString().startsWith("2 unreadable");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "x", "\"[\"", "" })
	void areNothingWithoutAList(String body) throws IOException {
		assertThat(array(body)).hasSize(1).first().asString().startsWith("1 unreadable");
	}

	@Test
	void areDocumentsOfYaml() throws IOException {
		assertThat(yaml("a: 1")).containsExactly("1 a: 1");
		assertThat(yaml("a: 1\n---\nb: 2\n")).containsExactly("1 a: 1\n", "2 ---\nb: 2\n");
		assertThat(yaml("---\na: 1\n---\nb: 2")).containsExactly("1 ---\na: 1\n", "3 ---\nb: 2");
		assertThat(yaml("# first\n\n---\n# second\na: 1\n...\n# third\n---\n---\n\n--- b\n"))
			.containsExactly("3 ---\n# second\na: 1\n", "11 --- b\n");
		assertThat(yaml("%YAML 1.2\n---\na: 1\n...\n%YAML 1.2\n---\nb: 2\n")).containsExactly("2 ---\na: 1\n",
				"6 ---\nb: 2\n");
		assertThat(yaml("a: |\n ---\n --\n----\n-- -\n")).containsExactly("1 a: |\n ---\n --\n----\n-- -\n");
		assertThat(yaml("a: 1\r\n---\r\nb: 2\r\n")).containsExactly("1 a: 1\r\n", "2 ---\r\nb: 2\r\n");
		assertThat(yaml("")).isEmpty();
		assertThat(yaml("---\n---\n# nothing\n...\n")).isEmpty();
		assertThat(yaml("a: " + "x".repeat(MOST) + "\n---\nb: 2")).containsExactly("1 too large", "2 ---\nb: 2");
	}

	@Test
	void areTheSameHoweverTheyArrive() throws IOException {
		var body = "{\"a\":1}\n".repeat(5000).getBytes(StandardCharsets.UTF_8);

		assertThat(all(BulkFormat.JSON_LINES.pieces(new Trickle(body)))).hasSize(5000)
			.last()
			.isEqualTo("5000 {\"a\":1}");
	}

	private static List<String> lines(String body) throws IOException {
		return all(new JsonLines(source(body), MOST));
	}

	private static List<String> array(String body) throws IOException {
		return all(new JsonArray(source(body), MOST));
	}

	private static List<String> yaml(String body) throws IOException {
		return all(new YamlDocuments(source(body), MOST));
	}

	private static ByteSource source(String body) throws IOException {
		return new ByteSource(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
	}

	private static List<String> all(Pieces pieces) throws IOException {
		var all = new ArrayList<String>();
		for (var piece = pieces.next(); piece != null; piece = pieces.next()) {
			all.add(piece.line() + " " + switch (piece) {
				case Whole(var content, var _) -> new String(content, StandardCharsets.UTF_8);
				case TooLarge _ -> "too large";
				case Unreadable _ -> "unreadable";
			});
		}
		assertThat(pieces.next()).isNull();
		return all;
	}

	/** Gives a few bytes at a time. */
	private static final class Trickle extends InputStream {

		private final InputStream bytes;

		Trickle(byte[] bytes) {
			this.bytes = new ByteArrayInputStream(bytes);
		}

		@Override
		public int read() throws IOException {
			return bytes.read();
		}

		@Override
		public int read(byte[] buffer, int offset, int length) throws IOException {
			return bytes.read(buffer, offset, Math.min(length, 3));
		}

	}

}
