package dev.sextant.edge;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Decodes what is percent-encoded, strictly: the library's decoders make question marks of bytes that are no UTF-8. Pure. */
final class PercentCode {

    private PercentCode() {}

    /** Source: RFC 3986, section 2.1. @throws IllegalArgumentException where it is no UTF-8, percent-encoded */
    static String decoded(String octets) {
        return isPlain(octets) ? octets : decoded(octets, false);
    }

    /** The same, where a plus sign means a space: in queries and forms (WHATWG URL, section 5.1). */
    static String decodedForm(String octets) {
        return isPlain(octets) && octets.indexOf('+') < 0 ? octets : decoded(octets, true);
    }

    private static boolean isPlain(String octets) {
        for (int i = 0; i < octets.length(); i++) {
            if (octets.charAt(i) == '%' || octets.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }

    private static String decoded(String octets, boolean plusIsSpace) {
        ByteBuffer bytes = ByteBuffer.allocate(octets.length());
        for (int at = 0; at < octets.length(); at++) {
            char octet = octets.charAt(at);
            if (octet == '%') {
                bytes.put((byte) (nibble(octets, at + 1) << 4 | nibble(octets, at + 2)));
                at += 2;
            } else {
                bytes.put(plain(octet, plusIsSpace));
            }
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("no UTF-8", e);
        }
    }

    private static byte plain(char octet, boolean plusIsSpace) {
        if (octet > 0xFF) {
            throw new IllegalArgumentException("no octet");
        }
        return (byte) (plusIsSpace && octet == '+' ? ' ' : octet);
    }

    private static int nibble(String octets, int at) {
        int value = at < octets.length() ? Character.digit(octets.charAt(at), 16) : -1;
        if (value < 0 || octets.charAt(at) > 'f') {
            throw new IllegalArgumentException("no hexadecimal digit");
        }
        return value;
    }
}
