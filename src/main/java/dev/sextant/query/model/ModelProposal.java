package dev.sextant.query.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sextant.engine.FieldType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A model guessed from sample events. It can be posted as it is: it reads without a refusal.
 *
 * @param guesses why it is as it is, and what was left out
 */
public record ModelProposal(DatasetModel model, List<Guess> guesses) {

    /**
     * One guess.
     *
     * @param pointer what of the model it is about
     */
    public record Guess(String pointer, String reason) {}

    public ModelProposal {
        guesses = List.copyOf(guesses);
    }

    /** Guesses from samples; what is no JSON object among them is passed over. */
    public static ModelProposal infer(List<JsonNode> events) {
        return new Proposing(SampledFields.of(events)).propose();
    }

    /** The making of one proposal. */
    private static final class Proposing {

        private final SampledFields sampled;
        private final ObjectNode model = JsonNodeFactory.instance.objectNode();
        private final List<Guess> guesses = new ArrayList<>();
        private final Map<String, FieldType> fields;

        Proposing(SampledFields sampled) {
            this.sampled = sampled;
            this.fields = new LinkedHashMap<>(sampled.types());
        }

        ModelProposal propose() {
            sampled.passedOver().forEach((name, why) -> guess("/dimensions", "'%s' %s".formatted(name, why)));
            time();
            UsualNames.ROLES.forEach(this::role);
            dimensions();
            hierarchies();
            measures();
            return new ModelProposal(ModelReader.read(model, ""), guesses);
        }

        private void guess(String pointer, String reason) {
            guesses.add(new Guess(pointer, reason));
        }

        private void time() {
            String named = UsualNames.find(UsualNames.TIME, fields.keySet(), sampled::looksLikeTime);
            if (named != null) {
                takeTime(named, "has the name and the form of a time");
                return;
            }
            String formed = fields.keySet().stream()
                    .filter(name -> fields.get(name) == FieldType.TIMESTAMP)
                    .findFirst()
                    .orElse(null);
            if (formed != null) {
                takeTime(formed, "is the first field with the form of a time");
                return;
            }
            fields.remove(Roles.TIME_BY_DEFAULT);
            model.put("time", Roles.TIME_BY_DEFAULT);
            guess("/time", "no field looks like a time: events are stamped as they arrive");
        }

        private void takeTime(String field, String reason) {
            boolean epoch = fields.remove(field) == FieldType.LONG;
            model.put("time", field);
            guess("/time", "'%s' %s%s".formatted(field, reason, epoch ? " (milliseconds since 1970)" : ""));
        }

        private void role(String role, List<String> names) {
            String found = UsualNames.find(names, fields.keySet(), name -> fitsRole(role, name));
            if (found != null) {
                model.put(role, found);
                guess("/" + role, "'%s' is a usual name for it".formatted(found));
            }
        }

        private boolean fitsRole(String role, String field) {
            FieldType type = fields.get(field);
            return switch (role) {
                case "value" -> type == FieldType.LONG || type == FieldType.DOUBLE;
                case "event", "touchpoint" -> type == FieldType.STRING;
                default -> type == FieldType.STRING || type == FieldType.LONG;
            };
        }

        private void dimensions() {
            var dimensions = model.putArray("dimensions");
            fields.forEach((name, type) -> {
                String typeName = type.name().toLowerCase(Locale.ROOT);
                guess("/dimensions/" + dimensions.size(), "'%s' is %s in all samples".formatted(name, typeName));
                dimensions.addObject().put("name", name).put("type", typeName);
            });
        }

        private void hierarchies() {
            var hierarchies = model.putArray("hierarchies");
            UsualNames.HIERARCHIES.forEach((name, levels) -> {
                List<String> found = UsualNames.levels(levels, fields.keySet());
                if (found.size() > 1) {
                    guess("/hierarchies/" + hierarchies.size(), "these fields usually lie within each other");
                    var array = hierarchies.addObject().put("name", name).putArray("levels");
                    found.forEach(array::add);
                }
            });
        }

        private void measures() {
            var measures = model.putArray("measures");
            guess("/measures/0", "every dataset counts its events");
            measures.addObject().put("name", "events").put("agg", "count");
            JsonNode entity = model.get("entity");
            if (entity != null) {
                guess("/measures/1", "counts each entity once");
                measures.addObject()
                        .put("name", "entities")
                        .put("agg", "count_distinct")
                        .set("field", entity);
            }
            fields.forEach((name, type) -> {
                boolean numeric = type == FieldType.LONG || type == FieldType.DOUBLE;
                if (numeric && UsualNames.addsUp(name) && measures.size() < ModelReader.MEASURES_MAX) {
                    guess("/measures/" + measures.size(), "numbers of this name usually add up");
                    String measure = name.length() > 57 ? name : "total_" + name;
                    measures.addObject().put("name", measure).put("agg", "sum").put("field", name);
                }
            });
        }
    }
}
