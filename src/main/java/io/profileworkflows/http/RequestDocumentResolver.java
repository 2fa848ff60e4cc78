package io.profileworkflows.http;

import java.io.IOException;
import java.util.List;

import io.profileworkflows.integration.DocumentFormat;
import io.profileworkflows.integration.DocumentReader;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodParameter;
import org.springframework.http.MediaType;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/**
 * Reads a body as bytes and tells its format from its Content-Type. Spring's own
 * conversion would stop at the first mistake in it; {@link DocumentReader} names them
 * all.
 */
class RequestDocumentResolver implements HandlerMethodArgumentResolver {

	private static final List<MediaType> SUPPORTED = List.of(MediaType.APPLICATION_JSON, MediaType.APPLICATION_YAML);

	@Override
	public boolean supportsParameter(MethodParameter parameter) {
		return parameter.getParameterType() == RequestDocument.class;
	}

	@Override
	public RequestDocument resolveArgument(MethodParameter parameter, @Nullable ModelAndViewContainer container,
			NativeWebRequest webRequest, @Nullable WebDataBinderFactory binders)
			throws IOException, HttpMediaTypeNotSupportedException {
		var request = webRequest.getNativeRequest(HttpServletRequest.class);
		if (request == null) {
			throw new IllegalStateException("Not an HTTP request");
		}
		var format = formatOf(request.getContentType());
		BodyTypes.requireNotCoded(request);
		// one byte too many is enough for the reader to refuse it
		var content = request.getInputStream().readNBytes(mostBytes(parameter, format) + 1);
		return new RequestDocument(content, format);
	}

	private static int mostBytes(MethodParameter parameter, DocumentFormat format) {
		var holds = parameter.getParameterAnnotation(Holds.class);
		return (holds != null) ? DocumentReader.mostBytes(holds.value(), format) : DocumentReader.MAX_BYTES;
	}

	private static DocumentFormat formatOf(@Nullable String contentType) throws HttpMediaTypeNotSupportedException {
		var mediaType = BodyTypes.of(contentType, SUPPORTED);
		if (mediaType == null || BodyTypes.isJson(mediaType)) {
			return DocumentFormat.JSON;
		}
		if (BodyTypes.isYaml(mediaType)) {
			return DocumentFormat.YAML;
		}
		throw new HttpMediaTypeNotSupportedException(mediaType, SUPPORTED);
	}

}
