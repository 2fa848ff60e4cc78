package io.profileworkflows.workflow.web;

import java.io.IOException;

import jakarta.servlet.ServletException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;

import org.springframework.http.HttpStatus;

/**
 * Sees to it that the server closes the connection on a body that is too slow, when it
 * would otherwise wait for the rest of it, in order to use the connection again.
 */
class SlowBodies extends ValveBase {

	SlowBodies() {
		super(true);
	}

	@Override
	public void invoke(Request request, Response response) throws IOException, ServletException {
		getNext().invoke(request, response);
		if (response.getStatus() == HttpStatus.REQUEST_TIMEOUT.value()) {
			request.getCoyoteRequest().action(ActionCode.DISABLE_SWALLOW_INPUT, null);
		}
	}

}
