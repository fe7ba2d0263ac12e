package dev.sextant.kernel;

import java.util.regex.Pattern;

/** Names a tenant: {@code ten_} and 1 to 40 characters of {@code a-z} and {@code 0-9}. Part of every key that holds data. */
public record TenantId(String value) {

    private static final Pattern FORM = Pattern.compile("ten_[a-z0-9]{1,40}");

    /** Owns the platform's own keys, and no data. */
    public static final TenantId PLATFORM = new TenantId("ten_platform");

    public TenantId {
        if (!isValid(value)) {
            throw new IllegalArgumentException("A tenant id is ten_ and 1 to 40 characters of a-z and 0-9");
        }
    }

    public static boolean isValid(String text) {
        return FORM.matcher(text).matches();
    }

    @Override
    public String toString() {
        return value;
    }
}
