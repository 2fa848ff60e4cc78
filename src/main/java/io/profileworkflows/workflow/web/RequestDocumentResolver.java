package io.profileworkflows.workflow.web;

import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

import io.profileworkflows.integration.DocumentFormat;
import io.profileworkflows.integration.DocumentReader;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.util.StringUtils;
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

	private static final List<MediaType> JSON = List.of(MediaType.APPLICATION_JSON,
			MediaType.valueOf("application/*+json"), MediaType.valueOf("application/x-amz-json-1.0"),
			MediaType.valueOf("application/x-amz-json-1.1"));

	private static final List<MediaType> YAML = List.of(MediaType.APPLICATION_YAML,
			MediaType.valueOf("application/x-yaml"), MediaType.valueOf("text/yaml"), MediaType.valueOf("text/x-yaml"));

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
		requireNotCoded(Collections.list(request.getHeaders(HttpHeaders.CONTENT_ENCODING)));
		// one byte too many is enough for the reader to refuse it
		var content = request.getInputStream().readNBytes(mostBytes(parameter, format) + 1);
		return new RequestDocument(content, format);
	}

	private static int mostBytes(MethodParameter parameter, DocumentFormat format) {
		var holds = parameter.getParameterAnnotation(Holds.class);
		return (holds != null) ? DocumentReader.mostBytes(holds.value(), format) : DocumentReader.MAX_BYTES;
	}

	private static void requireNotCoded(List<String> encodings) {
		var codings = encodings.stream().flatMap(line -> Stream.of(line.split(","))).map(String::strip);
		if (codings.anyMatch(coding -> !coding.isEmpty() && !coding.equalsIgnoreCase(CodedBody.NOT_CODED))) {
			throw new CodedBody();
		}
	}

	private static DocumentFormat formatOf(@Nullable String contentType) throws HttpMediaTypeNotSupportedException {
		if (!StringUtils.hasText(contentType)) {
			return DocumentFormat.JSON;
		}
		var mediaType = parsed(contentType);
		if (JSON.stream().anyMatch(json -> json.includes(mediaType))) {
			return DocumentFormat.JSON;
		}
		if (YAML.stream().anyMatch(yaml -> yaml.includes(mediaType))) {
			return DocumentFormat.YAML;
		}
		throw new HttpMediaTypeNotSupportedException(mediaType, SUPPORTED);
	}

	private static MediaType parsed(String contentType) throws HttpMediaTypeNotSupportedException {
		try {
			return MediaType.parseMediaType(contentType);
		}
		catch (InvalidMediaTypeException unreadable) {
			throw new HttpMediaTypeNotSupportedException("The Content-Type cannot be read", SUPPORTED);
		}
	}

}
