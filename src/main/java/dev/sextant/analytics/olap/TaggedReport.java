package dev.sextant.analytics.olap;

import dev.sextant.datasets.Dataset;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * A report, and the weak ETag of all that it depends on.
 *
 * @param units that its queries cost
 * @param etag is the same where nothing but the time since the last event has changed
 */
record TaggedReport(String etag, MetricsReport report, long units) {

    private static final int TAG_LENGTH = 22;

    static TaggedReport of(AskMetrics question, Dataset dataset, MetricsReport report, long units) {
        String key = "%s %s %s %d %s %s %s"
                .formatted(
                        report.tenantId(),
                        question,
                        dataset.name(),
                        dataset.version(),
                        dataset.model().fingerprint(),
                        report.dataVersion(),
                        report.window());
        return new TaggedReport("W/\"" + digest(key).substring(0, TAG_LENGTH) + "\"", report, units);
    }

    private static String digest(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
