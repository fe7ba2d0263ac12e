package dev.sextant.edge;

import java.time.Duration;

/**
 * {@code edge.tls:} who the server proves to be, and whom it asks to. All files are PEM; they are read again when they have
 * changed.
 *
 * @param certificate the certificate chain; empty for no TLS
 * @param key its private key; empty for no TLS
 * @param alsoTls12 whether TLS 1.2 will do, too, for clients that are too old for 1.3
 * @param clientCa certificates of those who may issue certificates to clients; empty for none
 * @param clientCertificate what is asked of clients
 * @param reloadEvery how often the files are looked at
 */
public record TlsConfig(
        String certificate,
        String key,
        boolean alsoTls12,
        String clientCa,
        ClientCertificate clientCertificate,
        Duration reloadEvery) {

    /** Whether clients must have a certificate. */
    public enum ClientCertificate {
        NONE,
        /** One that shows a certificate must show a good one. */
        REQUESTED,
        REQUIRED
    }

    public static final TlsConfig DEFAULT =
            new TlsConfig("", "", false, "", ClientCertificate.NONE, Duration.ofSeconds(30));

    public TlsConfig {
        require(certificate.isEmpty() == key.isEmpty(), "certificate and key go together");
        require(
                clientCa.isEmpty() == (clientCertificate == ClientCertificate.NONE),
                "client_ca and a client_certificate other than none go together");
        require(
                clientCa.isEmpty() || !certificate.isEmpty(),
                "clients cannot be asked for a certificate without one of our own");
        require(reloadEvery.toMillis() >= 100, "reload_every must be 100ms or more");
    }

    /** Whether there is a certificate. */
    public boolean enabled() {
        return !certificate.isEmpty();
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException("edge.tls: " + rule);
        }
    }
}
