package dev.sextant.launch;

import dev.sextant.SelfSigned;

/** Configurations for tests. */
public final class Configs {

    private Configs() {}

    public static SextantConfig withTls(SelfSigned certificate) {
        return new ConfigReader(SextantConfig.DEFAULT)
                .set("edge.tls.certificate", certificate.certificate().toString())
                .set("edge.tls.key", certificate.key().toString())
                .read(SextantConfig.class);
    }
}
