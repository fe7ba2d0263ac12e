package dev.sextant.launch;

import dev.sextant.SelfSigned;
import java.util.Map;

/** Configurations for tests. */
public final class Configs {

    private Configs() {}

    /** @param settings by their dotted keys */
    public static SextantConfig with(Map<String, String> settings) {
        return with(SextantConfig.DEFAULT, settings);
    }

    /** All else as in {@code usual}. */
    public static SextantConfig with(SextantConfig usual, Map<String, String> settings) {
        ConfigReader reader = new ConfigReader(usual);
        settings.forEach(reader::set);
        return reader.read(SextantConfig.class);
    }

    public static SextantConfig withTls(SelfSigned certificate) {
        return new ConfigReader(SextantConfig.DEFAULT)
                .set("edge.tls.certificate", certificate.certificate().toString())
                .set("edge.tls.key", certificate.key().toString())
                .read(SextantConfig.class);
    }
}
