package io.profileworkflows.database;

import java.sql.SQLException;

import com.zaxxer.hikari.SQLExceptionOverride;

/**
 * Tells the pool which connections to discard besides broken ones. The pool creates it:
 * {@code spring.datasource.hikari.exception-override-class-name}.
 */
public class ThrownAwayConnections implements SQLExceptionOverride {

	@java.lang.Override
	public Override adjudicate(SQLException failure) {
		var state = failure.getSQLState();
		return (state != null && SqlState.isOfUselessConnection(state)) ? Override.MUST_EVICT : Override.CONTINUE_EVICT;
	}

}
