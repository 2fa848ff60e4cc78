package io.profileworkflows.subscriptions;

import java.net.InetAddress;
import java.time.Clock;

import javax.net.ssl.SSLContext;

import io.profileworkflows.customerprofiles.OwnCredentials;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.StringUtils;

/**
 * What events are sent with.
 */
@Configuration(proxyBeanMethods = false)
class TargetConfiguration {

	@Bean
	TargetNames targetNames(EventsSettings settings) {
		return new TargetNames(InetAddress::getAllByName, settings.allowPrivateTargets(), settings.timeout());
	}

	@Bean
	WebhookClient webhookClient(TargetNames names, EventsSettings settings, SslBundles bundles) {
		return new WebhookClient(names, tls(settings, bundles), settings.timeout());
	}

	private static @Nullable SSLContext tls(EventsSettings settings, SslBundles bundles) {
		return StringUtils.hasText(settings.sslBundle()) ? bundles.getBundle(settings.sslBundle()).createSslContext()
				: null;
	}

	@Bean
	EventBuses eventBuses(OwnCredentials credentials, EventsSettings settings, EventBody bodies) {
		return new EventBuses(credentials, null, settings.timeout(), bodies);
	}

	@Bean
	Targets targets(WebhookClient client, EventBuses buses, EventBody bodies, Secrets secrets, Clock clock,
			EventsSettings settings) {
		return new Targets(client, buses, bodies, secrets, clock, settings.slots() * settings.concurrency());
	}

}
