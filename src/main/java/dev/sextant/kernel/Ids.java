package dev.sextant.kernel;

import com.github.f4b6a3.uuid.UuidCreator;
import com.github.f4b6a3.uuid.codec.base.Base32Codec;

/** Makes ids: a prefix that says of what, and 26 characters that sort by time of making (UUIDv7, RFC 9562, in base 32). */
public final class Ids {

    private Ids() {}

    /** Such as {@code make("key")} → {@code key_06f3…}. */
    public static String make(String prefix) {
        return prefix + "_" + Base32Codec.INSTANCE.encode(UuidCreator.getTimeOrderedEpoch());
    }
}
