package io.profileworkflows;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;

/**
 * The Docker engine that {@code -Pcontainers} needs. The build asks for it before
 * anything is compiled, by this file's source, so it must know no other of ours.
 */
public final class Docker {

	private Docker() {
	}

	/** Whether tests run on containers. */
	public static boolean isWanted() {
		return Boolean.getBoolean("containers");
	}

	public static void main(String[] args) {
		// it tells at length where it has looked
		((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(Level.OFF);
		if (!DockerClientFactory.instance().isDockerAvailable()) {
			System.err.println(
					"""
							-Pcontainers needs a running Docker engine, and none answers (DOCKER_HOST names another than the usual \
							one); without the profile the same tests run on an embedded PostgreSQL. No test was run.""");
			System.exit(1);
		}
	}

}
