package io.profileworkflows.subscriptions;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsServer;
import io.profileworkflows.OnTheSide;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The address that was checked is connected to, and still the certificate must be that of
 * the name.
 */
@OnTheSide
class WebhookTlsTests {

	private static final char[] PASSWORD = "changeit".toCharArray();

	private static final String NAME = "hooks.example.com";

	@TempDir
	Path directory;

	private final List<String> asked = new CopyOnWriteArrayList<>();

	private HttpsServer server;

	private KeyStore keys;

	@BeforeEach
	void start() throws Exception {
		keys = issue();
		server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		server.setHttpsConfigurator(new HttpsConfigurator(serving()));
		server.createContext("/", exchange -> {
			try (exchange) {
				var session = (ExtendedSSLSession) ((HttpsExchange) exchange).getSSLSession();
				session.getRequestedServerNames().forEach(name -> asked.add(((SNIHostName) name).getAsciiName()));
				exchange.sendResponseHeaders(204, -1);
			}
		});
		server.start();
	}

	@AfterEach
	void stop() {
		server.stop(0);
	}

	@Test
	void asksForTheNameAndBelievesItsCertificate() throws Exception {
		var answer = post(NAME, trusting());

		assertThat(answer.failure()).isNull();
		assertThat(answer.status()).isEqualTo(204);
		assertThat(asked).containsExactly(NAME);
	}

	@Test
	void refusesTheCertificateOfAnother() throws Exception {
		var answer = post("other.example.com", trusting());

		assertThat(answer.failure()).startsWith("No secure connection");
		assertThat(asked).isEmpty();
	}

	@Test
	void refusesACertificateThatNobodyKnows() throws Exception {
		var answer = post(NAME, null);

		assertThat(answer.failure()).startsWith("No secure connection");
		assertThat(asked).isEmpty();
	}

	private DeliveryAnswer post(String name, SSLContext trusted) throws IOException {
		var timeout = Duration.ofSeconds(10);
		try (var names = new TargetNames(_ -> new InetAddress[] { InetAddress.getLoopbackAddress() }, true, timeout);
				var client = new WebhookClient(names, trusted, timeout)) {
			return client.post(URI.create("https://%s:%d/".formatted(name, server.getAddress().getPort())),
					"text/plain", Map.of(), new byte[0]);
		}
	}

	private SSLContext serving() throws GeneralSecurityException {
		var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
		factory.init(keys, PASSWORD);
		var context = SSLContext.getInstance("TLS");
		context.init(factory.getKeyManagers(), null, null);
		return context;
	}

	private SSLContext trusting() throws IOException, GeneralSecurityException {
		var trusted = KeyStore.getInstance("PKCS12");
		trusted.load(null, null);
		trusted.setCertificateEntry("trusted", keys.getCertificate("server"));
		var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		trust.init(trusted);
		var context = SSLContext.getInstance("TLS");
		context.init(null, trust.getTrustManagers(), null);
		return context;
	}

	private KeyStore issue() throws IOException, GeneralSecurityException, InterruptedException {
		var store = directory.resolve("keys.p12");
		var keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
				"-genkeypair", "-alias", "server", "-keyalg", "EC", "-groupname", "secp256r1", "-dname", "CN=" + NAME,
				"-ext", "SAN=dns:" + NAME, "-validity", "2", "-storetype", "PKCS12", "-keystore", store.toString(),
				"-storepass", new String(PASSWORD))
			.redirectErrorStream(true)
			.start();
		keytool.getInputStream().readAllBytes();
		assertThat(keytool.waitFor()).isZero();
		return KeyStore.getInstance(store.toFile(), PASSWORD);
	}

}
