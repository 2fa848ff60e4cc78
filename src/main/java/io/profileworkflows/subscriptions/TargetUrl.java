package io.profileworkflows.subscriptions;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Where events are sent: an address for HTTP, or the ARN of an event bus. The form is
 * checked when somebody subscribes; where a name leads to is checked at each connection.
 */
final class TargetUrl {

	static final int LONGEST = 2048;

	private static final Pattern EVENT_BUS = Pattern
		.compile("arn:aws(?:-cn|-us-gov)?:events:(?<region>[a-z]{2}(?:-[a-z]{1,12}){1,3}-[0-9]{1,2}):[0-9]{12}"
				+ ":event-bus/[/.\\-_A-Za-z0-9]{1,256}");

	private static final Pattern HOST_NAME = Pattern.compile(
			"(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?\\.)*[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?\\.?");

	/**
	 * The last part of a number in any of the forms that some take for an IPv4 address.
	 */
	private static final Pattern NUMERIC = Pattern.compile("(?:.*\\.)?(?:[0-9]+|0[xX][0-9a-fA-F]*)\\.?");

	private static final Pattern PLAIN_IPV4 = Pattern
		.compile("(?:(?:0|1[0-9]{0,2}|2[0-4]?[0-9]?|25[0-5]|[3-9][0-9]?)(?:\\.(?!$)|$)){4}");

	private TargetUrl() {
	}

	static boolean isEventBus(String url) {
		return EVENT_BUS.matcher(url).matches();
	}

	static String regionOf(String eventBus) {
		var parts = EVENT_BUS.matcher(eventBus);
		if (!parts.matches()) {
			throw new IllegalArgumentException("Not an event bus");
		}
		return parts.group("region");
	}

	/**
	 * What is wrong with it, if anything, in words that follow its name.
	 */
	static Optional<String> mistakeIn(String url, boolean allowPrivate) {
		if (isEventBus(url)) {
			return Optional.empty();
		}
		if (url.startsWith("arn:")) {
			return Optional.of("must be the ARN of an event bus: arn:aws:events:{region}:{account}:event-bus/{name}");
		}
		var uri = parse(url);
		if (uri == null) {
			return Optional.of("must be a URL with a host, in ASCII, of at most " + LONGEST + " characters");
		}
		if (!"https".equalsIgnoreCase(uri.getScheme()) && !(allowPrivate && "http".equalsIgnoreCase(uri.getScheme()))) {
			return Optional.of("must begin with https://, or be the ARN of an event bus");
		}
		if (uri.getRawUserInfo() != null) {
			return Optional.of("must not have a user name or password");
		}
		if (uri.getRawFragment() != null) {
			return Optional.of("must not have a fragment");
		}
		if (uri.getPort() == 0 || uri.getPort() > 65535) {
			return Optional.of("must have a port from 1 to 65535, or none");
		}
		return mistakeInHost(uri.getHost(), allowPrivate);
	}

	private static @Nullable URI parse(String url) {
		if (url.length() > LONGEST || !url.chars().allMatch(character -> character > ' ' && character < 0x7f)) {
			return null;
		}
		try {
			var uri = new URI(url);
			return (uri.isOpaque() || uri.getHost() == null) ? null : uri;
		}
		catch (URISyntaxException _) {
			return null;
		}
	}

	private static Optional<String> mistakeInHost(String host, boolean allowPrivate) {
		var isIpv6 = host.startsWith("[");
		if (!isIpv6 && !NUMERIC.matcher(host).matches()) {
			return HOST_NAME.matcher(host).matches() && host.length() <= 253 ? Optional.empty()
					: Optional.of("must have a host name of letters, digits and -");
		}
		if (!isIpv6 && !PLAIN_IPV4.matcher(host).matches() || host.contains("%")) {
			return Optional.of("must have an IP address in its usual form, or a host name");
		}
		try {
			// no name, so that nobody is asked for it
			var address = InetAddress.getByName(host);
			return TargetAddresses.isAllowed(address, allowPrivate) ? Optional.empty()
					: Optional.of("must have a public address");
		}
		catch (UnknownHostException _) {
			return Optional.of("must have an IP address in its usual form, or a host name");
		}
	}

}
