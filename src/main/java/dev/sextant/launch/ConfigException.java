package dev.sextant.launch;

import java.util.List;

/** The configuration cannot be used; the message has a line for each mistake. */
final class ConfigException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ConfigException(List<String> mistakes) {
        super(String.join("\n", mistakes), null, false, false);
    }
}
