package io.profileworkflows.http;

import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.util.StringUtils;
import org.springframework.web.HttpMediaTypeNotSupportedException;

/**
 * What the headers say about the form of a body.
 */
public final class BodyTypes {

	private static final List<MediaType> JSON = List.of(MediaType.APPLICATION_JSON,
			MediaType.valueOf("application/*+json"), MediaType.valueOf("application/x-amz-json-1.0"),
			MediaType.valueOf("application/x-amz-json-1.1"));

	private static final List<MediaType> YAML = List.of(MediaType.APPLICATION_YAML,
			MediaType.valueOf("application/x-yaml"), MediaType.valueOf("text/yaml"), MediaType.valueOf("text/x-yaml"));

	private BodyTypes() {
	}

	/**
	 * @param supported for the answer to what cannot be read
	 * @return null where nothing says so
	 */
	public static @Nullable MediaType of(@Nullable String contentType, List<MediaType> supported)
			throws HttpMediaTypeNotSupportedException {
		if (!StringUtils.hasText(contentType)) {
			return null;
		}
		try {
			return MediaType.parseMediaType(contentType);
		}
		catch (InvalidMediaTypeException _) {
			throw new HttpMediaTypeNotSupportedException("The Content-Type cannot be read", supported);
		}
	}

	public static boolean isJson(MediaType mediaType) {
		return JSON.stream().anyMatch(json -> json.includes(mediaType));
	}

	public static boolean isYaml(MediaType mediaType) {
		return YAML.stream().anyMatch(yaml -> yaml.includes(mediaType));
	}

	/** A body is read as it is, whatever it could be unpacked to. */
	public static void requireNotCoded(HttpServletRequest request) {
		var codings = Collections.list(request.getHeaders(HttpHeaders.CONTENT_ENCODING))
			.stream()
			.flatMap(line -> Stream.of(line.split(",")))
			.map(String::strip);
		if (codings.anyMatch(coding -> !coding.isEmpty() && !coding.equalsIgnoreCase(CodedBody.NOT_CODED))) {
			throw new CodedBody();
		}
	}

}
