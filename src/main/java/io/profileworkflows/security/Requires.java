package io.profileworkflows.security;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The role that an operation needs: in the domain that its path names, or else in all
 * domains. An operation with neither this nor {@link ForAnyCaller} is refused to
 * everybody.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Requires {

	Role value();

	/**
	 * For operations on no particular domain: one domain is enough, since the operation
	 * shows and touches only {@link Caller#domains(Role)}.
	 */
	boolean inAnyDomain() default false;

	/**
	 * For operations that make something: when the same request comes again it is
	 * answered with what the first one made, even if that is gone. The signature of a
	 * request for any other change is good once.
	 */
	boolean makesOnce() default false;

}
