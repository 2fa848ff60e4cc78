package io.profileworkflows.ui;

import io.profileworkflows.security.Caller;
import io.profileworkflows.security.Role;

/**
 * Who looks at the page. What the viewer may not do is not shown; that it is refused is
 * up to the same check as in the API.
 */
record Viewer(Caller caller) {

	public String name() {
		return caller.name();
	}

	public boolean isSignedIn() {
		return caller.identity() != null;
	}

	/** Whether nobody has to say who they are. */
	public boolean isAnybody() {
		return !isSignedIn() && mayRead();
	}

	public boolean mayRead() {
		return !caller.domains(Role.READER).isEmpty();
	}

	public boolean maySubmit() {
		return !caller.domains(Role.SUBMITTER).isEmpty();
	}

	public boolean mayOperate() {
		return !caller.domains(Role.OPERATOR).isEmpty();
	}

	public boolean mayOperateEverywhere() {
		return caller.mayEverywhere(Role.OPERATOR);
	}

	public boolean maySubmitTo(String domainName) {
		return caller.may(Role.SUBMITTER, domainName);
	}

	public boolean mayOperateIn(String domainName) {
		return caller.may(Role.OPERATOR, domainName);
	}

	boolean may(Role role, String domainName) {
		return caller.may(role, domainName);
	}

}
