package io.profileworkflows;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives a test what it prints and logs itself, with the threads that it starts. Spring
 * Boot's {@code OutputCaptureExtension} gives it all that this JVM prints, and other
 * tests run beside it.
 */
public final class OwnOutput implements BeforeEachCallback, AfterEachCallback, ParameterResolver {

	private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(OwnOutput.class);

	private static final InheritableThreadLocal<Output> OF_THREAD = new InheritableThreadLocal<>();

	@Override
	public void beforeEach(ExtensionContext context) {
		OF_THREAD.set(new Output());
		context.getStore(NAMESPACE).put(Streams.class, new Streams(System.out, System.err));
		System.setOut(divided(System.out));
		System.setErr(divided(System.err));
	}

	@Override
	public void afterEach(ExtensionContext context) {
		var streams = context.getStore(NAMESPACE).remove(Streams.class, Streams.class);
		System.setOut(streams.out());
		System.setErr(streams.err());
		OF_THREAD.remove();
	}

	@Override
	public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
		return parameter.getParameter().getType() == Output.class;
	}

	@Override
	public Output resolveParameter(ParameterContext parameter, ExtensionContext context) {
		return OF_THREAD.get();
	}

	private static PrintStream divided(PrintStream all) {
		return new PrintStream(new Divided(all), true, StandardCharsets.UTF_8);
	}

	private record Streams(PrintStream out, PrintStream err) {
	}

	private static final class Divided extends OutputStream {

		private final PrintStream all;

		Divided(PrintStream all) {
			this.all = all;
		}

		@Override
		public void write(int one) {
			write(new byte[] { (byte) one }, 0, 1);
		}

		@Override
		public void write(byte[] bytes, int offset, int length) {
			all.write(bytes, offset, length);
			var own = OF_THREAD.get();
			if (own != null) {
				own.bytes.write(bytes, offset, length);
			}
		}

		@Override
		public void flush() {
			all.flush();
		}

	}

	/**
	 * What there is of it so far.
	 */
	public static final class Output implements CharSequence {

		private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

		private Output() {
		}

		@Override
		public int length() {
			return toString().length();
		}

		@Override
		public char charAt(int index) {
			return toString().charAt(index);
		}

		@Override
		public CharSequence subSequence(int start, int end) {
			return toString().subSequence(start, end);
		}

		@Override
		public String toString() {
			return bytes.toString(StandardCharsets.UTF_8);
		}

	}

}
