package io.profileworkflows;

import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import org.slf4j.LoggerFactory;

/**
 * Everything that this process logs until it is closed, our own classes down to the last
 * detail.
 */
public final class CapturedLog extends AppenderBase<ILoggingEvent> implements AutoCloseable {

	private static final Logger ALL = logger(org.slf4j.Logger.ROOT_LOGGER_NAME);

	private static final Logger OURS = logger("io.profileworkflows");

	private final Queue<ILoggingEvent> events = new ConcurrentLinkedQueue<>();

	private CapturedLog() {
		setContext(ALL.getLoggerContext());
		start();
	}

	public static CapturedLog begin() {
		var log = new CapturedLog();
		OURS.setLevel(Level.TRACE);
		ALL.addAppender(log);
		return log;
	}

	private static Logger logger(String name) {
		return (Logger) LoggerFactory.getLogger(name);
	}

	/** Whatever any format could show of a line. */
	public List<String> lines() {
		return events.stream().map(CapturedLog::everythingOf).toList();
	}

	/** Those that are at least as important. */
	public List<String> lines(Level least) {
		return events.stream()
			.filter(event -> event.getLevel().isGreaterOrEqual(least))
			.map(CapturedLog::everythingOf)
			.toList();
	}

	/** Fields of the lines that were logged to a logger. */
	public List<Map<String, String>> of(String logger) {
		return events.stream()
			.filter(event -> event.getLoggerName().equals(logger))
			.map(CapturedLog::fieldsOf)
			.toList();
	}

	@Override
	protected void append(ILoggingEvent event) {
		event.prepareForDeferredProcessing();
		events.add(event);
	}

	private static String everythingOf(ILoggingEvent event) {
		var failure = event.getThrowableProxy();
		return "%s %s %s %s".formatted(event.getLoggerName(), event.getFormattedMessage(), fieldsOf(event),
				(failure != null) ? ThrowableProxyUtil.asString(failure) : "");
	}

	private static Map<String, String> fieldsOf(ILoggingEvent event) {
		var fields = new TreeMap<String, String>(event.getMDCPropertyMap());
		var own = event.getKeyValuePairs();
		if (own != null) {
			fields.putAll(own.stream().collect(Collectors.toMap(pair -> pair.key, pair -> String.valueOf(pair.value))));
		}
		return fields;
	}

	@Override
	public void close() {
		ALL.detachAppender(this);
		OURS.setLevel(null);
	}

}
