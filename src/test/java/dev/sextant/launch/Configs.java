package dev.sextant.launch;

import java.util.Map;

import dev.sextant.edge.EdgeConfig;

/** Configurations for tests. */
public final class Configs {

    private Configs() {}

    /** The defaults, with these settings as they stand in the environment or a file. */
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
