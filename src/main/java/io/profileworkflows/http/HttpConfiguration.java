package io.profileworkflows.http;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.http.converter.HttpMessageConverters;
import org.springframework.http.converter.yaml.JacksonYamlHttpMessageConverter;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * What all operations share: how they read requests, and what the server itself answers.
 */
@Configuration(proxyBeanMethods = false)
class HttpConfiguration implements WebMvcConfigurer {

	@Override
	public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
		resolvers.add(new RequestDocumentResolver());
	}

	@Override
	public void addInterceptors(InterceptorRegistry registry) {
		registry.addInterceptor(new Representations());
		// a caller who may not do this is told so first
		registry.addInterceptor(new KnownParameters()).order(Ordered.LOWEST_PRECEDENCE);
	}

	/**
	 * In YAML as in JSON, for which Spring Boot's properties see to it: what is not there
	 * is left out.
	 */
	@Override
	public void configureMessageConverters(HttpMessageConverters.ServerBuilder converters) {
		converters.withYamlConverter(new JacksonYamlHttpMessageConverter(YAMLMapper.builder()
			.changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))));
	}

	@Bean
	WebServerFactoryCustomizer<TomcatServletWebServerFactory> serverErrors(JsonMapper json) {
		return tomcat -> tomcat
			.addContextCustomizers(context -> context.getParent().getPipeline().addValve(new ServerErrors(json)));
	}

	/**
	 * The ARN in the path of a tag operation has its slashes encoded, and must keep them
	 * so.
	 */
	@Bean
	WebServerFactoryCustomizer<TomcatServletWebServerFactory> encodedSlashes() {
		return tomcat -> tomcat
			.addConnectorCustomizers(connector -> connector.setEncodedSolidusHandling("passthrough"));
	}

}
