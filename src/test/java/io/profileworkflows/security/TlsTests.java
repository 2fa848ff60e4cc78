package io.profileworkflows.security;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.List;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.prometheus.PrometheusMetricsExportAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.ssl.SslMetricsAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * TLS by the properties that the chart sets, with a Secret mounted as Kubernetes does it.
 */
class TlsTests {

	private static final char[] PASSWORD = "changeit".toCharArray();

	@TempDir
	Path mount;

	@BeforeEach
	void createMount() throws IOException {
		Files.createSymbolicLink(mount.resolve("tls.crt"), Path.of("..data", "tls.crt"));
		Files.createSymbolicLink(mount.resolve("tls.key"), Path.of("..data", "tls.key"));
	}

	@Test
	void takesANewCertificateWithoutARestart() throws Exception {
		var first = issue("first");
		var second = issue("second");
		mountThe("first");
		try (var service = start()) {
			assertThat(shown(service, first)).isEqualTo(first);
			assertThatExceptionOfType(SSLHandshakeException.class).isThrownBy(() -> shown(service, second));

			mountThe("second");

			await().atMost(Duration.ofSeconds(60))
				.ignoreException(SSLHandshakeException.class)
				.until(() -> shown(service, second).equals(second));
			assertThatExceptionOfType(SSLHandshakeException.class).isThrownBy(() -> shown(service, first));
		}
	}

	/** What the alert asks for; of the new certificate once there is one. */
	@Test
	void showsInTheMetricsHowLongTheCertificateLasts() throws Exception {
		issue("first");
		issue("second");
		mountThe("first");
		try (var service = start()) {
			assertThat(expiries(service)).singleElement()
				.satisfies(line -> assertThat(line).contains("bundle=\"server\""))
				.satisfies(line -> assertThat(Double.parseDouble(line.replaceFirst(".* ", "")))
					.isBetween(Duration.ofDays(1).toSeconds() * 1.0, Duration.ofDays(2).toSeconds() * 1.0));
			var before = expiries(service).getFirst().replaceFirst(" .*", "");

			mountThe("second");

			await().atMost(Duration.ofSeconds(60))
				.untilAsserted(() -> assertThat(expiries(service)).singleElement()
					.satisfies(line -> assertThat(line).doesNotStartWith(before)));
		}
	}

	private static List<String> expiries(ConfigurableApplicationContext service) {
		return service.getBean(PrometheusMeterRegistry.class)
			.scrape()
			.lines()
			.filter(line -> line.startsWith("ssl_chain_expiry_seconds{"))
			.toList();
	}

	private ConfigurableApplicationContext start() {
		return new SpringApplicationBuilder(Server.class).web(WebApplicationType.SERVLET)
			.properties("spring.config.name=none", "server.port=0", "server.ssl.bundle=server",
					"spring.ssl.bundle.pem.server.keystore.certificate=" + mount.resolve("tls.crt"),
					"spring.ssl.bundle.pem.server.keystore.private-key=" + mount.resolve("tls.key"),
					"spring.ssl.bundle.pem.server.reload-on-update=true",
					"spring.ssl.bundle.watch.file.quiet-period=200ms")
			.run();
	}

	private static X509Certificate shown(ConfigurableApplicationContext service, X509Certificate trusted)
			throws IOException, GeneralSecurityException {
		var port = ((ServletWebServerApplicationContext) service).getWebServer().getPort();
		try (var socket = (SSLSocket) trusting(trusted).getSocketFactory().createSocket("localhost", port)) {
			socket.setSoTimeout(20_000);
			socket.startHandshake();
			return (X509Certificate) socket.getSession().getPeerCertificates()[0];
		}
	}

	private static SSLContext trusting(X509Certificate certificate) throws IOException, GeneralSecurityException {
		var trusted = KeyStore.getInstance("PKCS12");
		trusted.load(null, null);
		trusted.setCertificateEntry("trusted", certificate);
		var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		trust.init(trusted);
		var context = SSLContext.getInstance("TLS");
		context.init(null, trust.getTrustManagers(), null);
		return context;
	}

	/** All files of a Secret change at once, by a link that is replaced. */
	private void mountThe(String version) throws IOException {
		var link = Files.createSymbolicLink(mount.resolve("..data_tmp"), Path.of(version));
		Files.move(link, mount.resolve("..data"), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
	}

	private X509Certificate issue(String version) throws IOException, GeneralSecurityException, InterruptedException {
		var store = mount.resolve(version + ".p12");
		var keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
				"-genkeypair", "-alias", "server", "-keyalg", "EC", "-groupname", "secp256r1", "-dname",
				"CN=localhost, O=" + version, "-ext", "SAN=dns:localhost", "-validity", "2", "-storetype", "PKCS12",
				"-keystore", store.toString(), "-storepass", new String(PASSWORD))
			.redirectErrorStream(true)
			.start();
		assertThat(keytool.waitFor()).as(new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
			.isZero();
		var keys = KeyStore.getInstance(store.toFile(), PASSWORD);
		var home = Files.createDirectory(mount.resolve(version));
		Files.writeString(home.resolve("tls.crt"), pem("CERTIFICATE", keys.getCertificate("server").getEncoded()));
		Files.writeString(home.resolve("tls.key"), pem("PRIVATE KEY", keys.getKey("server", PASSWORD).getEncoded()));
		return (X509Certificate) keys.getCertificate("server");
	}

	private static String pem(String type, byte[] content) {
		return "-----BEGIN %s-----%n%s%n-----END %s-----%n".formatted(type,
				Base64.getMimeEncoder(64, new byte[] { '\n' }).encodeToString(content), type);
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ TomcatServletWebServerAutoConfiguration.class, SslAutoConfiguration.class,
			MetricsAutoConfiguration.class, PrometheusMetricsExportAutoConfiguration.class,
			SslMetricsAutoConfiguration.class })
	static class Server {

	}

}
