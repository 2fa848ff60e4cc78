package io.profileworkflows.security;

import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;

/**
 * For both servers: that of the API finds it by itself, that of the management port by
 * its name in a file for Spring Boot.
 */
@ManagementContextConfiguration(proxyBeanMethods = false)
class UnreadBodiesConfiguration {

	@Bean
	WebServerFactoryCustomizer<TomcatServletWebServerFactory> unreadBodies() {
		return tomcat -> tomcat.addConnectorCustomizers(UnreadBodies::closeConnectionsOf);
	}

}
