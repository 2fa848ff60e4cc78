/**
 * Schedule expressions as AppFlow takes them, {@code rate(...)} and AWS's form of
 * {@code cron(...)}: read, checked, and asked when the next run is due. Knows nothing
 * else of the service.
 * <p>
 * The parser is our own: Spring's {@code CronExpression} has another form (seconds first,
 * no year, Monday is 1) and stops at the first mistake, and a library such as cron-utils
 * throws messages that repeat what it was given, which may be confidential here. Spring's
 * judges the run times in a test.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package io.profileworkflows.schedule;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
