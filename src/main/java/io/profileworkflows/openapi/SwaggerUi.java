package io.profileworkflows.openapi;

import java.util.Objects;

import org.webjars.WebJarVersionLocator;

import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * The page that shows the API and lets people try it: Swagger UI, with our own start
 * script in the place of its own.
 */
@Configuration(proxyBeanMethods = false)
class SwaggerUi implements WebMvcConfigurer {

	private static final String PAGE = "/swagger-ui/index.html";

	@Override
	public void addResourceHandlers(ResourceHandlerRegistry registry) {
		var version = Objects.requireNonNull(new WebJarVersionLocator().version("swagger-ui"));
		registry.addResourceHandler("/swagger-ui/**")
			.addResourceLocations("classpath:/swagger-ui/",
					"classpath:/META-INF/resources/webjars/swagger-ui/%s/".formatted(version));
	}

	@Override
	public void addViewControllers(ViewControllerRegistry registry) {
		registry.addRedirectViewController("/swagger-ui.html", PAGE);
	}

}
