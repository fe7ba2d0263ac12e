package dev.sextant;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.slf4j.LoggerFactory;

/** Hears what is logged, so that a test can say that nothing was. */
public final class QuietLog implements AutoCloseable {

    private static final Logger ROOT = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);

    private final ListAppender<ILoggingEvent> heard = new ListAppender<>();

    private QuietLog() {
        heard.start();
        ROOT.addAppender(heard);
    }

    public static QuietLog listen() {
        return new QuietLog();
    }

    /** What was logged at this level or above. */
    public List<String> told(Level level) {
        return List.copyOf(heard.list).stream()
                .filter(event -> event.getLevel().isGreaterOrEqual(level))
                .map(event -> event.getLoggerName() + ": " + event.getFormattedMessage())
                .toList();
    }

    @Override
    public void close() {
        ROOT.detachAppender(heard);
    }
}
