package dev.sextant.identity.token;

import java.time.Duration;
import com.nimbusds.jose.jwk.ECKey;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which key signs when. A new one is published first, so that whoever checks tokens by a copy of our keys knows it by the
 * time it signs; an old one is published until the last token that it signed is over. Pure.
 */
record SigningSchedule(TokenConfig config) {

    /** Clocks may differ by this. */
    private static final Duration SKEW = Duration.ofMinutes(1);

    /** The same keys, the one that signs now before all others. */
    List<ECKey> ordered(List<KeptSigningKey> newestFirst, Instant now) {
        KeptSigningKey signing = signing(newestFirst, now);
        return Stream.concat(Stream.of(signing), newestFirst.stream().filter(key -> !key.equals(signing)))
                .map(KeptSigningKey::key)
                .toList();
    }

    /** The newest that was announced for long enough; the oldest where none was. */
    KeptSigningKey signing(List<KeptSigningKey> newestFirst, Instant now) {
        return newestFirst.stream()
                .filter(key -> !now.isBefore(key.createdAt().plus(config.announceKeysFor())))
                .findFirst()
                .orElseGet(newestFirst::getLast);
    }

    boolean isNextDue(List<KeptSigningKey> newestFirst, Instant now) {
        return !now.isBefore(newestFirst.getFirst().createdAt().plus(config.rotateKeysAfter()));
    }

    /** Those whose tokens are all over. */
    List<KeptSigningKey> outlived(List<KeptSigningKey> newestFirst, Instant now) {
        KeptSigningKey signing = signing(newestFirst, now);
        Instant othersSignedUntil = signing.createdAt().plus(config.announceKeysFor());
        boolean areOver = now.isAfter(othersSignedUntil.plus(config.lifetime()).plus(SKEW));
        return newestFirst.stream()
                .filter(key -> areOver && key.createdAt().isBefore(signing.createdAt()))
                .toList();
    }
}
