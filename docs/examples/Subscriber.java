import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;

/**
 * A subscriber to events, with nothing but a JDK: java docs/examples/Subscriber.java PORT SECRET
 */
public class Subscriber {

	private static final Duration NEWER_THAN = Duration.ofMinutes(5);

	private static final Set<String> SEEN = new HashSet<>();

	public static void main(String[] args) throws IOException {
		var key = Base64.getDecoder().decode(args[1].substring("whsec_".length()));
		var server = HttpServer.create(
				new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0])), 0);
		server.createContext("/", exchange -> answer(exchange, key));
		server.start();
		System.out.println("Waiting for events at port " + server.getAddress().getPort());
	}

	private static void answer(HttpExchange exchange, byte[] key) throws IOException {
		try (exchange) {
			var body = exchange.getRequestBody().readAllBytes();
			var id = header(exchange, "webhook-id");
			if (!isGenuine(exchange, key, id, body)) {
				exchange.sendResponseHeaders(401, -1);
				return;
			}
			// the same event may come twice, and has the same id then
			if (SEEN.add(id)) {
				System.out.println(id + " " + new String(body, StandardCharsets.UTF_8));
			}
			// any answer of 2xx: the event is here. What takes long happens after it.
			exchange.sendResponseHeaders(204, -1);
		}
	}

	/** Signed with the secret, and not long ago: https://www.standardwebhooks.com */
	private static boolean isGenuine(HttpExchange exchange, byte[] key, String id, byte[] body) {
		try {
			var timestamp = header(exchange, "webhook-timestamp");
			var age = Duration.between(Instant.ofEpochSecond(Long.parseLong(timestamp)), Instant.now()).abs();
			var mac = Mac.getInstance("HmacSHA256");
			mac.init(new SecretKeySpec(key, "HmacSHA256"));
			mac.update((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
			var expected = "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
			// one for each secret, while there are two
			for (var signature : header(exchange, "webhook-signature").split(" ")) {
				if (MessageDigest.isEqual(expected.getBytes(StandardCharsets.UTF_8),
						signature.getBytes(StandardCharsets.UTF_8))) {
					return age.compareTo(NEWER_THAN) < 0;
				}
			}
			return false;
		}
		catch (GeneralSecurityException | NumberFormatException failure) {
			return false;
		}
	}

	private static String header(HttpExchange exchange, String name) {
		var value = exchange.getRequestHeaders().getFirst(name);
		return (value != null) ? value : "";
	}

}
