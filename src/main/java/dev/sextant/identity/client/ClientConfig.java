package dev.sextant.identity.client;

/**
 * {@code identity.clients:} in the configuration file.
 *
 * @param clientsMax how many OAuth clients a tenant may have
 */
public record ClientConfig(int clientsMax) {

    public static final ClientConfig DEFAULT = new ClientConfig(100);

    public ClientConfig {
        if (clientsMax < 1) {
            throw new IllegalArgumentException("identity.clients: clients_max must be 1 or more");
        }
    }
}
