package dev.sextant.identity.ticket;

import dev.sextant.kernel.TenantId;
import dev.sextant.store.RedisKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of a ticket: {@code wst_}, the tenant without its {@code ten_}, a dot, and 256 random bits in base64url. It
 * prints without them.
 */
record TicketText(TenantId tenant, String value) {

    private static final Pattern FORM = Pattern.compile("wst_([a-z0-9]{1,40})\\.[A-Za-z0-9_-]{43}");

    /** @param random must not be guessable */
    static TicketText make(TenantId tenant, RandomGenerator random) {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        String secret = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        return new TicketText(tenant, "wst_" + tenant.value().substring("ten_".length()) + "." + secret);
    }

    static Optional<TicketText> parse(String text) {
        Matcher form = FORM.matcher(text);
        return form.matches()
                ? Optional.of(new TicketText(new TenantId("ten_" + form.group(1)), text))
                : Optional.empty();
    }

    /** Where the caller is kept: under a hash, so that whoever reads Redis cannot redeem. */
    RedisKey place() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.US_ASCII));
            return new RedisKey(tenant, "ticket:" + HexFormat.of().formatHex(hash));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "wst_***";
    }
}
