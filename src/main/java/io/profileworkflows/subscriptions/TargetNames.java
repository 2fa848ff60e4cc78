package io.profileworkflows.subscriptions;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.profileworkflows.threads.PlatformThreads;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Looks a name up once for each connection, which is then made to the very addresses that
 * were checked here. The look-up runs on a thread of its own, since nothing else ends one
 * that takes too long.
 */
class TargetNames implements DnsResolver, AutoCloseable {

	private static final int THREADS = 8;

	private static final int WAITING = 64;

	private final Names names;

	private final boolean allowPrivate;

	private final Duration timeout;

	private final ExecutorService threads = PlatformThreads.pool("delivery-names", THREADS,
			new ArrayBlockingQueue<>(WAITING), new ThreadPoolExecutor.AbortPolicy());

	TargetNames(Names names, boolean allowPrivate, Duration timeout) {
		this.names = names;
		this.allowPrivate = allowPrivate;
		this.timeout = timeout;
	}

	@Override
	public InetAddress[] resolve(String host) throws UnknownHostException {
		var addresses = lookUp(host);
		// one that is not allowed among others is a trick
		if (addresses.length == 0
				|| !Arrays.stream(addresses).allMatch(address -> TargetAddresses.isAllowed(address, allowPrivate))) {
			throw new AddressNotAllowed();
		}
		return addresses;
	}

	private InetAddress[] lookUp(String host) throws UnknownHostException {
		try {
			return await(threads.submit((Callable<InetAddress[]>) () -> names.lookUp(host)));
		}
		catch (RejectedExecutionException | TimeoutException _) {
			throw new UnknownHostException("not resolved in time");
		}
		catch (ExecutionException _) {
			throw new UnknownHostException("not known");
		}
		catch (InterruptedException _) {
			Thread.currentThread().interrupt();
			throw new UnknownHostException("interrupted");
		}
	}

	private InetAddress[] await(Future<InetAddress[]> found)
			throws InterruptedException, ExecutionException, TimeoutException {
		try {
			return found.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
		}
		finally {
			found.cancel(true);
		}
	}

	/** Nobody is asked for the name that an address has. */
	@Override
	public String resolveCanonicalHostname(String host) {
		return host;
	}

	@Override
	public void close() {
		threads.shutdownNow();
	}

	/**
	 * Where names come from.
	 */
	interface Names {

		InetAddress[] lookUp(String host) throws UnknownHostException;

	}

	/** The name leads to where callers may not send this service. */
	static class AddressNotAllowed extends UnknownHostException {

		AddressNotAllowed() {
			super("not a public address");
		}

	}

}
