package io.profileworkflows.torture;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.profileworkflows.OnTheSide;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * Runs the service in processes of its own, on a {@link Stage}. One such test at a time:
 * two would take the processors from each other.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@OnTheSide
@ResourceLock("stage")
@interface OnStage {

}
