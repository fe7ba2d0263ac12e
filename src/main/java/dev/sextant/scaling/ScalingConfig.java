package dev.sextant.scaling;

/**
 * {@code scaling:} in the configuration file.
 *
 * @param ingestEpsUsual events a second that stand for a tenant's usual part of the threads that store them
 * @param ingestEpsMax the most that one tenant can be given
 */
public record ScalingConfig(int ingestEpsUsual, int ingestEpsMax) {

    public static final ScalingConfig DEFAULT = new ScalingConfig(20_000, 200_000);

    public ScalingConfig {
        if (ingestEpsUsual < 1 || ingestEpsMax < ingestEpsUsual || ingestEpsMax > 100L * ingestEpsUsual) {
            throw new IllegalArgumentException(
                    "scaling: ingest_eps_usual must be 1 or more, ingest_eps_max that to a hundred times that");
        }
    }
}
