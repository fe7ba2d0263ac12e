package dev.sextant.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Makes a query that fails as small as it can be: it leaves out whatever it can while the query still fails. */
final class Shrinking {

    private static final int TRIES_MAX = 400;

    private final Predicate<JsonNode> fails;
    private int tries;

    private Shrinking(Predicate<JsonNode> fails) {
        this.fails = fails;
    }

    static <T extends JsonNode> T smallest(T query, Predicate<JsonNode> fails) {
        Shrinking shrinking = new Shrinking(fails);
        T smallest = query;
        Optional<T> smaller = shrinking.smaller(smallest);
        while (smaller.isPresent()) {
            smallest = smaller.get();
            smaller = shrinking.smaller(smallest);
        }
        return smallest;
    }

    private <T extends JsonNode> Optional<T> smaller(T query) {
        for (T candidate : candidates(query)) {
            if (++tries <= TRIES_MAX && fails.test(candidate)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    /** The tree with one member or element less, or with an object in place of the one around it. */
    private static <T extends JsonNode> List<T> candidates(T tree) {
        List<T> candidates = new ArrayList<>();
        for (String pointer : pointers(tree, "")) {
            candidates.add(without(tree, pointer));
        }
        return candidates;
    }

    private static List<String> pointers(JsonNode tree, String at) {
        List<String> pointers = new ArrayList<>();
        if (tree.isObject()) {
            tree.fieldNames().forEachRemaining(name -> pointers.add(at + "/" + name));
        }
        for (int i = 0; tree.isArray() && i < tree.size(); i++) {
            pointers.add(at + "/" + i);
        }
        List<String> all = new ArrayList<>(pointers);
        pointers.forEach(pointer -> all.addAll(pointers(tree.at(pointer.substring(at.length())), pointer)));
        return all;
    }

    @SuppressWarnings("unchecked") // A deep copy is of the same class.
    private static <T extends JsonNode> T without(T tree, String pointer) {
        T copy = (T) tree.deepCopy();
        int slash = pointer.lastIndexOf('/');
        JsonNode around = copy.at(pointer.substring(0, slash));
        String last = pointer.substring(slash + 1);
        if (around instanceof ObjectNode object) {
            object.remove(last);
        } else {
            ((ArrayNode) around).remove(Integer.parseInt(last));
        }
        return copy;
    }
}
