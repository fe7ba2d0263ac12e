package dev.sextant.edge;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.kernel.Problem.Violation;
import dev.sextant.kernel.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Finds the texts in JSON that no store of ours can hold. Pure. */
final class StorableTexts {

    private StorableTexts() {}

    /** Each such text at its place; a name of a member, which cannot be written either, at the object around it. */
    static List<Violation> violations(JsonNode tree) {
        List<Violation> violations = new ArrayList<>();
        if (!areAll(tree)) {
            collect(tree, "", violations);
        }
        return violations;
    }

    /** The usual case, without a pointer to be made. */
    private static boolean areAll(JsonNode node) {
        if (node.isTextual()) {
            return Texts.areStorable(node.textValue());
        }
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            if (!Texts.areStorable(member.getKey())) {
                return false;
            }
        }
        for (JsonNode child : node) {
            if (!areAll(child)) {
                return false;
            }
        }
        return true;
    }

    private static void collect(JsonNode node, String pointer, List<Violation> violations) {
        if (node.isTextual() && !Texts.areStorable(node.textValue())) {
            violations.add(violation(pointer));
        }
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            collect(node.get(i), pointer + "/" + i, violations);
        }
        node.properties().forEach(member -> {
            if (Texts.areStorable(member.getKey())) {
                collect(member.getValue(), pointer + "/" + escaped(member.getKey()), violations);
            } else {
                violations.add(violation(pointer));
            }
        });
    }

    private static Violation violation(String pointer) {
        return Violation.at(pointer, "wrong_format", Texts.RULE);
    }

    /** One step of a pointer. Source: RFC 6901, section 3. */
    static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }
}
