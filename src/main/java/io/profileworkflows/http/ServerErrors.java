package io.profileworkflows.http;

import java.io.IOException;
import java.util.UUID;

import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;

/**
 * Answers what the server itself refuses before any filter sees it, such as a path that
 * is not encoded properly, like all other errors.
 */
class ServerErrors extends ErrorReportValve {

	private final JsonMapper json;

	ServerErrors(JsonMapper json) {
		this.json = json;
	}

	@Override
	protected void report(Request request, Response response, @Nullable Throwable throwable) {
		var status = response.getStatus();
		if (status < HttpStatus.BAD_REQUEST.value() || response.getContentWritten() > 0
				|| !response.setErrorReported()) {
			return;
		}
		var problem = Problem.of(HttpStatusCode.valueOf(status), Problem.MALFORMED);
		response.setHeader(RequestFilter.REQUEST_ID, UUID.randomUUID().toString());
		response.setHeader(Problem.ERROR_TYPE, Problem.errorTypeOf(status));
		response.setHeader("X-Content-Type-Options", "nosniff");
		response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
		response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
		try {
			response.getOutputStream().write(json.writeValueAsBytes(problem));
			response.finishResponse();
		}
		catch (IOException _) {
			// the client did not wait for its answer
		}
	}

}
