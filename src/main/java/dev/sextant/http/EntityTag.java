package dev.sextant.http;

import java.util.Map;
import java.util.stream.Stream;

/** A version as an ETag, and {@code If-Match} held against it. Pure. Source: RFC 9110, sections 8.8.3 and 13.1.1. */
public final class EntityTag {

    private EntityTag() {}

    public static Map<String, String> headers(int version) {
        return Map.of("etag", of(version));
    }

    /** Whether the header lets a resource of that version through; weak tags never match. */
    public static boolean matches(String ifMatch, int version) {
        return Stream.of(ifMatch.split(",", -1))
                .map(String::strip)
                .anyMatch(tag -> tag.equals("*") || tag.equals(of(version)));
    }

    /**
     * Whether the header names what the caller would get: any, or this among others; strong or weak is all the same. Source:
     * RFC 9110, sections 8.8.3.2 and 13.1.2.
     */
    public static boolean isKnown(String ifNoneMatch, String etag) {
        return Stream.of(ifNoneMatch.split(",", -1))
                .map(String::strip)
                .anyMatch(tag -> tag.equals("*") || opaque(tag).equals(opaque(etag)));
    }

    private static String opaque(String etag) {
        return etag.startsWith("W/") ? etag.substring(2) : etag;
    }

    private static String of(int version) {
        return "\"" + version + "\"";
    }
}
