package dev.sextant.identity.key;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * The text of an API key: {@code ak_live_}, 8 characters that may be seen, 43 secret ones (256 bits), and 6 of a CRC-32
 * over all before, so that a typo is known without a look-up. Characters are {@code 0-9A-Za-z}. It prints as its prefix.
 */
public record KeyText(String value) {

    private static final String MARK = "ak_live_";
    private static final int PREFIX_LENGTH = MARK.length() + 8;
    private static final int SECRET_LENGTH = 43; // 62^43 > 2^256
    private static final int CHECKSUM_LENGTH = 6; // 62^6 > 2^32
    private static final Pattern FORM = Pattern.compile(MARK + "[0-9A-Za-z]{57}");
    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    /** @throws IllegalArgumentException where {@code value} is no key */
    public KeyText {
        if (!isValid(value)) {
            throw new IllegalArgumentException("This is not the text of an API key");
        }
    }

    /** A new key. {@code random} must not be guessable. */
    public static KeyText make(RandomGenerator random) {
        StringBuilder text = new StringBuilder(MARK);
        random.ints(PREFIX_LENGTH - MARK.length() + SECRET_LENGTH, 0, DIGITS.length())
                .forEach(digit -> text.append(DIGITS.charAt(digit)));
        return new KeyText(text + checksum(text.toString()));
    }

    /** Empty where {@code text} is no key, or was mistyped. */
    public static Optional<KeyText> parse(String text) {
        return isValid(text) ? Optional.of(new KeyText(text)) : Optional.empty();
    }

    /** Whether {@code text} means to be a key, good or not. */
    public static boolean isMeant(String text) {
        return text.startsWith("ak_");
    }

    /** The first 16 characters, which name the key and may be seen. */
    public String prefix() {
        return value.substring(0, PREFIX_LENGTH);
    }

    /** What is kept of it: SHA-256, 32 bytes. The text has 256 random bits, so that a slow hash would add nothing. */
    public byte[] hash() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /** Compares in constant time. */
    boolean hasHash(byte[] kept) {
        return MessageDigest.isEqual(hash(), kept);
    }

    @Override
    public String toString() {
        return prefix() + "…";
    }

    private static boolean isValid(String text) {
        int end = text.length() - CHECKSUM_LENGTH;
        return FORM.matcher(text).matches() && checksum(text.substring(0, end)).equals(text.substring(end));
    }

    private static String checksum(String text) {
        CRC32 crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.US_ASCII));
        StringBuilder digits = new StringBuilder();
        for (long rest = crc.getValue(); digits.length() < CHECKSUM_LENGTH; rest /= DIGITS.length()) {
            digits.append(DIGITS.charAt((int) (rest % DIGITS.length())));
        }
        return digits.reverse().toString();
    }
}
