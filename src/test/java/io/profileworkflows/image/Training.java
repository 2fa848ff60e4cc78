package io.profileworkflows.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has an extracted application do real work, so that the cache which it writes when it
 * ends holds the classes of that work and the profiles of its methods. Run by
 * image/train.
 */
final class Training {

	private static final Duration TO_BE_READY = Duration.ofMinutes(10);

	private static final Duration TO_WRITE = Duration.ofMinutes(10);

	/** What a JVM ends with that was asked to by SIGTERM. */
	private static final int TERMINATED = 128 + 15;

	private Training() {
	}

	/**
	 * @param args the directory of the application, the file with its options, the cache
	 * to be written, and how many workflows it is to accept
	 */
	public static void main(String[] args) throws Exception {
		var image = new Image(Path.of(args[0]).toAbsolutePath(), Path.of(args[1]).toAbsolutePath());
		var cache = Path.of(args[2]).toAbsolutePath();
		var workflows = Long.parseLong(args[3]);
		((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(Level.WARN);
		try {
			train(image, cache, workflows);
			System.exit(0);
		}
		catch (IllegalStateException | UncheckedIOException | IOException failure) {
			System.err.println("The training failed: " + failure.getMessage());
			System.exit(1);
		}
	}

	private static void train(Image image, Path cache, long workflows) throws Exception {
		var log = Files.createTempFile("training", ".log");
		try (var ground = TrainingGround.prepare()) {
			var begin = System.nanoTime();
			var service = image.startToTrain(cache, log, ground.environment());
			try {
				awaitReady(service, ground, log);
				System.out.printf("ready after %d s%n", secondsSince(begin));
				var traffic = new Traffic(ground);
				traffic.accept(workflows);
				System.out.printf("accepted %d workflows, %d of them were made at AWS%n", traffic.accepted(),
						ground.aws().workflows().size());
				begin = System.nanoTime();
				service.destroy();
				require(service.waitFor(TO_WRITE.toSeconds(), TimeUnit.SECONDS), "it does not end", log);
				require(service.exitValue() == TERMINATED, "it ended with " + service.exitValue(), log);
				require(Files.exists(cache), "it left no cache", log);
				requireWithout(cache, ground.secret());
				System.out.printf("wrote %d MiB in %d s%n", Files.size(cache) >> 20, secondsSince(begin));
			}
			finally {
				service.destroyForcibly();
			}
		}
		Files.delete(log);
	}

	private static void awaitReady(Process service, TrainingGround ground, Path log) throws InterruptedException {
		var end = System.nanoTime() + TO_BE_READY.toNanos();
		while (!isReady(ground.managementPort())) {
			require(service.isAlive(), "it ended while starting", log);
			require(System.nanoTime() < end, "it did not become ready", log);
			Thread.sleep(100);
		}
	}

	private static boolean isReady(int managementPort) {
		try (var connection = new HttpConnection(managementPort)) {
			return connection
				.send("GET /actuator/health/readiness HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
					.getBytes(StandardCharsets.US_ASCII)) == 200;
		}
		catch (IOException _) {
			return false;
		}
	}

	private static long secondsSince(long begin) {
		return Duration.ofNanos(System.nanoTime() - begin).toSeconds();
	}

	private static void require(boolean isTrue, String otherwise, Path log) {
		if (!isTrue) {
			throw new IllegalStateException(otherwise + ", see " + log);
		}
	}

	/** What is in it gets into every image. */
	private static void requireWithout(Path cache, String secret) throws IOException {
		var sought = secret.getBytes(StandardCharsets.US_ASCII);
		try (var channel = FileChannel.open(cache)) {
			var content = channel.map(MapMode.READ_ONLY, 0, channel.size());
			for (int start = 0; start <= content.limit() - sought.length; start++) {
				if (content.get(start) == sought[0]
						&& content.slice(start, sought.length).equals(ByteBuffer.wrap(sought))) {
					Files.delete(cache);
					throw new IllegalStateException("the cache holds a secret of the training");
				}
			}
		}
	}

}
