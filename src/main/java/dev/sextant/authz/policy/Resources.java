package dev.sextant.authz.policy;

import java.util.List;

/** Names of resources, {@code dataset/edits}, and patterns of them: {@code *}, {@code dataset/*}, {@code dataset/web_*}. */
public final class Resources {

    private Resources() {}

    public static String dataset(String name) {
        return "dataset/" + name;
    }

    public static String savedQuery(String id) {
        return "saved_query/" + id;
    }

    static boolean matches(List<String> patterns, String resource) {
        for (String pattern : patterns) {
            if (matches(pattern, resource)) {
                return true;
            }
        }
        return false;
    }

    /** A star stands at the end only. */
    public static boolean matches(String pattern, String resource) {
        int last = pattern.length() - 1;
        return (last >= 0 && pattern.charAt(last) == '*')
                ? resource.regionMatches(0, pattern, 0, last)
                : pattern.equals(resource);
    }
}
