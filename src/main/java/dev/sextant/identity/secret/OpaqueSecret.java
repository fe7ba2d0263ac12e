package dev.sextant.identity.secret;

import dev.sextant.kernel.TenantId;
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
 * A text that nobody can guess: what it is for, the tenant without its {@code ten_}, a dot, and 256 random bits in
 * base64url. It names its tenant, so that it is looked for there only; it prints without its bits.
 *
 * @param kind such as {@code rt}: of letters only
 */
public record OpaqueSecret(String kind, TenantId tenant, String value) {

    private static final Pattern FORM = Pattern.compile("([a-z]{2,10})_([a-z0-9]{1,40})\\.[A-Za-z0-9_-]{43}");
    private static final String TENANT_MARK = "ten_";

    /**
     * Makes one that nobody has.
     *
     * @param random must not be guessable
     */
    public static OpaqueSecret make(String kind, TenantId tenant, RandomGenerator random) {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        String secret = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        String text = kind + "_" + tenant.value().substring(TENANT_MARK.length()) + "." + secret;
        return new OpaqueSecret(kind, tenant, text);
    }

    /** Empty where {@code text} is no secret of this kind. */
    public static Optional<OpaqueSecret> parse(String kind, String text) {
        Matcher form = FORM.matcher(text);
        return form.matches() && form.group(1).equals(kind)
                ? Optional.of(new OpaqueSecret(kind, new TenantId(TENANT_MARK + form.group(2)), text))
                : Optional.empty();
    }

    /** What is kept of it: SHA-256, 32 bytes. It has 256 random bits, so that a slow hash would add nothing. */
    public byte[] hash() {
        return sha256(value);
    }

    /** The hash as text, for names. */
    public String digest() {
        return HexFormat.of().formatHex(hash());
    }

    /** SHA-256 of an ASCII text. */
    public static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return kind + "_***";
    }
}
