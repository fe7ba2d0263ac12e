package dev.sextant.launch;

import dev.sextant.edge.EdgeConfig;
import java.util.Map;

/** Configurations for tests. */
public final class Configs {

    private Configs() {}

    /** @param settings by their dotted keys */
    public static SextantConfig with(Map<String, String> settings) {
        ConfigReader reader = new ConfigReader(SextantConfig.DEFAULT);
        settings.forEach(reader::set);
        return reader.read(SextantConfig.class);
    }

    public static SextantConfig withTls(EdgeConfig.Tls tls) {
        return new ConfigReader(SextantConfig.DEFAULT)
                .set("edge.tls.certificate", tls.certificate())
                .set("edge.tls.key", tls.key())
                .read(SextantConfig.class);
    }
}
