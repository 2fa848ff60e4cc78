package io.profileworkflows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;

import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/**
 * A way to a database that a test can let fall silent, or cut: connections stay open and
 * new ones are taken, but nothing comes through, or they are closed and refused.
 */
public final class DatabaseLine implements AutoCloseable {

	private static final Pattern ADDRESS = Pattern.compile("//([^:/]+):(\\d+)/");

	private final String url;

	private final int database;

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition changed = lock.newCondition();

	private final List<Socket> open = new CopyOnWriteArrayList<>();

	private volatile ServerSocket listener;

	private boolean silent;

	private DatabaseLine(JdbcConnectionDetails to) throws IOException {
		var address = ADDRESS.matcher(to.getJdbcUrl());
		if (!address.find()) {
			throw new IllegalArgumentException(to.getJdbcUrl());
		}
		this.database = Integer.parseInt(address.group(2));
		this.listener = listen(0);
		this.url = address.replaceFirst("//127.0.0.1:" + listener.getLocalPort() + "/");
	}

	public static DatabaseLine to(JdbcConnectionDetails database) {
		try {
			return new DatabaseLine(database);
		}
		catch (IOException failure) {
			throw new UncheckedIOException(failure);
		}
	}

	/** The database at the other end of the line. */
	public JdbcConnectionDetails database() {
		return new Postgres.Database(url);
	}

	public void fallSilent() {
		set(true);
	}

	public void cut() throws IOException {
		listener.close();
		hangUp();
	}

	public void mend() throws IOException {
		if (listener.isClosed()) {
			listener = listen(listener.getLocalPort());
		}
		hangUp();
		set(false);
	}

	@Override
	public void close() throws IOException {
		cut();
	}

	private void hangUp() throws IOException {
		for (var socket : open) {
			socket.close();
		}
		open.clear();
	}

	private void set(boolean wanted) {
		lock.lock();
		try {
			silent = wanted;
			changed.signalAll();
		}
		finally {
			lock.unlock();
		}
	}

	private ServerSocket listen(int port) throws IOException {
		var server = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
		Thread.startVirtualThread(() -> accept(server));
		return server;
	}

	private void accept(ServerSocket server) {
		while (!server.isClosed()) {
			try {
				var here = server.accept();
				var there = new Socket(InetAddress.getLoopbackAddress(), database);
				open.addAll(List.of(here, there));
				Thread.startVirtualThread(() -> pass(here, there));
				Thread.startVirtualThread(() -> pass(there, here));
				if (server.isClosed()) {
					// cut between the two: this connection was not open yet
					hangUp();
				}
			}
			catch (IOException _) {
				// the loop ends with the line
			}
		}
	}

	private void pass(Socket from, Socket to) {
		var buffer = new byte[8192];
		try (from; to) {
			for (var read = from.getInputStream().read(buffer); read > 0; read = from.getInputStream().read(buffer)) {
				awaitVoice();
				to.getOutputStream().write(buffer, 0, read);
			}
		}
		catch (IOException | InterruptedException _) {
			// the other direction ends with this one
		}
	}

	private void awaitVoice() throws InterruptedException {
		lock.lock();
		try {
			while (silent) {
				changed.await();
			}
		}
		finally {
			lock.unlock();
		}
	}

}
