package dev.sextant.query.run;

/**
 * {@code query.pieces:} in the configuration file.
 *
 * @param bytesMax what pieces of answers may take in memory; 0 keeps none
 * @param rowsMax a query whose pieces have more rows than this together is asked as a whole
 */
public record PieceConfig(long bytesMax, int rowsMax) {

    public static final PieceConfig DEFAULT = new PieceConfig(64L << 20, 20_000);

    public PieceConfig {
        if (bytesMax < 0 || rowsMax < 1) {
            throw new IllegalArgumentException("query.pieces: bytes_max must be 0 or more, rows_max 1 or more");
        }
    }
}
