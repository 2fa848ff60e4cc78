package io.profileworkflows;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import org.slf4j.LoggerFactory;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.logging.logback.StructuredLogEncoder;

/**
 * What is logged to a logger until this is closed, as the console would show it with
 * {@code logging.structured.format.console}.
 */
public final class StructuredLog extends AppenderBase<ILoggingEvent> implements AutoCloseable {

	/** Members that are there twice are read differently by everybody. */
	private static final JsonMapper JSON = JsonMapper.builder()
		.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
		.build();

	private final StructuredLogEncoder encoder = new StructuredLogEncoder();

	private final Queue<String> lines = new ConcurrentLinkedQueue<>();

	private final Logger logger;

	private StructuredLog(Logger logger) {
		this.logger = logger;
	}

	public static StructuredLog begin(String logger, String format) {
		var context = (LoggerContext) LoggerFactory.getILoggerFactory();
		var log = new StructuredLog(context.getLogger(logger));
		log.encoder.setContext(context);
		log.encoder.setFormat(format);
		log.encoder.setCharset(StandardCharsets.UTF_8);
		log.encoder.start();
		log.setContext(context);
		log.start();
		log.logger.addAppender(log);
		return log;
	}

	public List<String> text() {
		return List.copyOf(lines);
	}

	public List<JsonNode> lines() {
		return lines.stream().map(JSON::readTree).toList();
	}

	@Override
	protected void append(ILoggingEvent event) {
		lines.add(new String(encoder.encode(event), StandardCharsets.UTF_8));
	}

	@Override
	public void close() {
		logger.detachAppender(this);
	}

}
