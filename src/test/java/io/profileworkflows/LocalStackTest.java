package io.profileworkflows;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

import org.springframework.test.context.ContextConfiguration;

/**
 * A test that asks LocalStack's IAM, KMS and S3; beside {@link PostgresTest} or
 * {@link ServiceTest}, the application does, too.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@EnabledIfSystemProperty(named = "containers", matches = "true", disabledReason = "needs Docker: -Pcontainers")
@ContextConfiguration(initializers = LocalStack.class)
public @interface LocalStackTest {

}
