package dev.sextant.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Measures of every kind. */
final class RandomMeasures {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final List<Double> QUANTILES = List.of(0.0, 0.25, 0.5, 0.75, 1.0, 0.95, 0.999, 0.1);

    private final Schema schema;
    private final Palette palette;
    private final Random random;
    private final RandomFilters filters;
    private final RandomFormulas formulas;
    private final List<String> fields;

    RandomMeasures(Schema schema, Palette palette, Random random, RandomFilters filters, List<String> fields) {
        this.schema = schema;
        this.palette = palette;
        this.random = random;
        this.filters = filters;
        this.formulas = new RandomFormulas(palette, random);
        this.fields = fields;
    }

    private boolean chance(int oneIn) {
        return random.nextInt(oneIn) == 0;
    }

    void addTo(ObjectNode query) {
        int count = random.nextInt(query.has("dimensions") ? 0 : 1, 4);
        if (count == 0) {
            return;
        }
        ArrayNode measures = query.putArray("measures");
        List<String> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ObjectNode measure = next();
            String name = Columns.nameByDefault(measure);
            if (names.contains(name) || name.contains(".") || measure.has("expr") || chance(2)) {
                measure.put("as", "m" + i);
            } else {
                names.add(name);
            }
            measures.add(measure);
        }
        if (chance(4)) {
            addComputed(measures);
        }
    }

    private ObjectNode next() {
        List<String> named = schema.names("measures");
        if (chance(6) && !named.isEmpty()) {
            return JSON.objectNode().put("measure", palette.pick(named));
        }
        if (chance(8)) {
            ObjectNode ratio = JSON.objectNode().put("agg", "ratio");
            ratio.putArray("of").add(numeric()).add(numeric());
            return ratio;
        }
        return chance(3) ? ofAnything() : numeric();
    }

    private ObjectNode ofAnything() {
        ObjectNode measure =
                JSON.objectNode().put("agg", palette.pick(List.of("min", "max", "count_distinct", "count_distinct")));
        if (chance(4)) {
            measure.put("expr", schema.define(formulas.next(palette.pick(List.of(Kind.STRING, Kind.TIMESTAMP)))));
        } else {
            measure.put(
                    "field",
                    palette.pick(fields.stream()
                            .filter(field -> schema.kind(field) != Kind.JSON)
                            .toList()));
        }
        return filtered(sketched(measure));
    }

    private ObjectNode numeric() {
        String aggregate = palette.pick(List.of("count", "sum", "avg", "quantile", "min", "max"));
        ObjectNode measure = JSON.objectNode().put("agg", aggregate);
        if (!aggregate.equals("count")) {
            if (chance(5)) {
                measure.put("expr", schema.define(formulas.next(chance(2) ? Kind.LONG : Kind.DOUBLE)));
            } else {
                measure.put("field", palette.pick(List.of("n", "n", "big", "x", "x", "wild")));
            }
        }
        if (aggregate.equals("quantile")) {
            measure.put("q", palette.pick(QUANTILES));
        }
        return filtered(measure);
    }

    private ObjectNode sketched(ObjectNode measure) {
        return measure.get("agg").textValue().equals("count_distinct") && chance(3)
                ? measure.put("exact", false)
                : measure;
    }

    private ObjectNode filtered(ObjectNode measure) {
        if (chance(4)) {
            measure.set("filter", filters.next(fields, schema::kind, 1));
        }
        return measure;
    }

    /** One that is computed of others. */
    private void addComputed(ArrayNode measures) {
        List<JsonNode> all = Oracle.list(measures);
        Columns columns = new Columns(schema);
        List<Formula> operands = new ArrayList<>();
        for (JsonNode measure : all) {
            Kind kind = columns.measureKind(measure, all);
            if (kind.isNumber() && !columns.isSketched(measure, all)) {
                String name = Columns.measureName(measure);
                operands.add(Formula.named("\"" + name + "\"", name, kind));
            }
        }
        if (schema.names("measures").contains("growth")) {
            operands.add(Formula.named("growth", "growth", Kind.DECIMAL));
        }
        if (operands.isEmpty()) {
            return;
        }
        Formula formula = OfMeasures.any(palette.pick(operands), palette.pick(operands), random);
        measures.addObject()
                .put("agg", "expression")
                .put("expr", schema.define(formula))
                .put("as", "computed");
    }
}
