package io.profileworkflows.ui;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;

import org.webjars.WebJarVersionLocator;

import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.util.DigestUtils;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Styles and scripts of the page, all from this service.
 */
@Configuration(proxyBeanMethods = false)
class PageConfiguration implements WebMvcConfigurer {

	@Override
	public void addResourceHandlers(ResourceHandlerRegistry registry) {
		var webJars = new WebJarVersionLocator();
		registry.addResourceHandler("/ui/assets/**")
			.addResourceLocations("classpath:/ui/", of(webJars, "htmx.org", "dist/"), of(webJars, "htmx-ext-sse", ""))
			// files in a jar all have the same time
			.setUseLastModified(false)
			.setEtagGenerator(PageConfiguration::tag)
			.setCacheControl(CacheControl.noCache());
	}

	private static String of(WebJarVersionLocator webJars, String name, String folder) {
		return "classpath:/META-INF/resources/webjars/%s/%s/%s".formatted(name,
				Objects.requireNonNull(webJars.version(name)), folder);
	}

	/** A weak one: the server compresses nothing that has a strong one. */
	private static String tag(Resource resource) {
		try {
			return "W/\"" + DigestUtils.md5DigestAsHex(resource.getContentAsByteArray()) + '"';
		}
		catch (IOException failure) {
			throw new UncheckedIOException(failure);
		}
	}

	@Override
	public void addViewControllers(ViewControllerRegistry registry) {
		registry.addRedirectViewController("/", "/ui");
	}

}
