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

    private static String of(int version) {
        return "\"" + version + "\"";
    }
}
