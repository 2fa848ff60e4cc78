package io.profileworkflows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ConstantDesc;
import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaClass;

/**
 * Finds methods that format numbers or times with {@link String#formatted}, which writes
 * them in the digits of the machine's language.
 */
final class LocalizedFormats {

	private static final Pattern LOCALIZED = Pattern
		.compile("(?s).*%(?:\\d+\\$)?[-#+ 0,(]*\\d*(?:\\.\\d+)?(?:[dfeEgGaA]|[tT]\\p{Alpha}).*");

	private LocalizedFormats() {
	}

	/** The methods of a class that do so, with the text that is formatted. */
	static List<String> in(JavaClass type) {
		var uri = type.getSource().orElseThrow().getUri();
		return ClassFile.of()
			.parse(read(uri))
			.methods()
			.stream()
			.flatMap(method -> method.code()
				.stream()
				.filter(LocalizedFormats::formats)
				.flatMap(LocalizedFormats::constants)
				.filter(text -> LOCALIZED.matcher(text.replace("%%", "")).matches())
				.map(text -> nameOf(type, method) + ": " + text))
			.toList();
	}

	private static String nameOf(JavaClass type, MethodModel method) {
		return type.getName() + "." + method.methodName().stringValue();
	}

	private static boolean formats(CodeModel code) {
		return code.elementStream()
			.anyMatch(element -> element instanceof InvokeInstruction call
					&& call.owner().asInternalName().equals("java/lang/String")
					&& call.name().equalsString("formatted"));
	}

	/** Also those that are put together with others. */
	private static Stream<String> constants(CodeModel code) {
		return code.elementStream()
			.flatMap(LocalizedFormats::constants)
			.filter(String.class::isInstance)
			.map(String.class::cast);
	}

	private static Stream<ConstantDesc> constants(CodeElement element) {
		return switch (element) {
			case ConstantInstruction constant -> Stream.ofNullable(constant.constantValue());
			case InvokeDynamicInstruction call -> call.bootstrapArgs().stream();
			default -> Stream.empty();
		};
	}

	private static byte[] read(URI uri) {
		try (var file = uri.toURL().openStream()) {
			return file.readAllBytes();
		}
		catch (IOException failure) {
			throw new UncheckedIOException(failure);
		}
	}

}
