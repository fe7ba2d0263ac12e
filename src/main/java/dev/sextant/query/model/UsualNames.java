package dev.sextant.query.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What fields are usually called, the best guess first. Written without case, {@code _} and {@code -}. */
final class UsualNames {

    static final List<String> TIME = List.of(
            "time", "timestamp", "ts", "eventtime", "occurredat", "datetime", "date", "createdat", "eventtimestamp");

    static final Map<String, List<String>> ROLES = new LinkedHashMap<>();

    static final Map<String, List<List<String>>> HIERARCHIES = new LinkedHashMap<>();

    static {
        ROLES.put(
                "entity",
                List.of(
                        "userid",
                        "user",
                        "customerid",
                        "customer",
                        "accountid",
                        "visitorid",
                        "clientid",
                        "deviceid",
                        "uid"));
        ROLES.put("event", List.of("event", "eventtype", "eventname", "action", "activity", "type"));
        ROLES.put("session", List.of("sessionid", "session", "visitid"));
        ROLES.put("value", List.of("value", "amount", "revenue", "total", "price"));
        ROLES.put("touchpoint", List.of("touchpoint", "channel", "utmsource", "campaign", "medium", "referrer"));
        HIERARCHIES.put(
                "place",
                List.of(
                        List.of("continent", "continentname"),
                        List.of("country", "countryname", "countrycode", "countryisocode"),
                        List.of("region", "regionname", "state", "province", "regionisocode"),
                        List.of("city", "cityname", "town")));
        HIERARCHIES.put(
                "product",
                List.of(
                        List.of("department"),
                        List.of("category", "productcategory"),
                        List.of("subcategory"),
                        List.of("product", "productname", "productid", "sku")));
    }

    private static final List<String> NOT_ADDED_UP =
            List.of("id", "code", "year", "month", "day", "age", "version", "at");

    private UsualNames() {}

    /** The first of the names that a fitting field has; null where none has. */
    static @Nullable String find(List<String> names, Collection<String> fields, Predicate<String> fits) {
        for (String name : names) {
            for (String field : fields) {
                if (plain(field).equals(name) && fits.test(field)) {
                    return field;
                }
            }
        }
        return null;
    }

    /** The levels that are there, from the coarse to the fine. */
    static List<String> levels(List<List<String>> levels, Collection<String> fields) {
        List<String> found = new ArrayList<>();
        for (List<String> names : levels) {
            String field = find(names, fields, _ -> true);
            if (field != null) {
                found.add(field);
            }
        }
        return found;
    }

    /** Whether a sum of such numbers says something: not for ids and codes. */
    static boolean addsUp(String field) {
        return NOT_ADDED_UP.stream().noneMatch(plain(field)::endsWith);
    }

    private static String plain(String field) {
        return field.toLowerCase(Locale.ROOT).replace("_", "").replace("-", "");
    }
}
