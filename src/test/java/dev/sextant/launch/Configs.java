package dev.sextant.launch;

import dev.sextant.edge.EdgeConfig;

/** Configurations for tests. */
public final class Configs {

    private Configs() {}

    public static SextantConfig withTls(EdgeConfig.Tls tls) {
        return new ConfigReader(SextantConfig.DEFAULT)
                .set("edge.tls.certificate", tls.certificate())
                .set("edge.tls.key", tls.key())
                .read(SextantConfig.class);
    }
}
