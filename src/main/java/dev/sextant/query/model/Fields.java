package dev.sextant.query.model;

import dev.sextant.engine.FieldType;
import dev.sextant.engine.Table;
import dev.sextant.query.expression.Expression;
import dev.sextant.query.expression.Expression.Subject;
import dev.sextant.query.expression.JsonPath;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a dataset by name: its own, the system columns, and paths into those that hold JSON, which are strings:
 * {@code properties.<name>} for whatever else events bring. The time field goes by the name that the model gives it.
 */
public final class Fields {

    private static final Map<String, Field> SYSTEM = Table.SYSTEM.stream()
            .filter(column -> !column.name().equals(Table.TIME))
            .collect(Collectors.toMap(Table.Column::name, column -> Field.of(column.name(), column.type())));

    private final DatasetModel model;

    private Fields(DatasetModel model) {
        this.model = model;
    }

    public static Fields of(DatasetModel model) {
        return new Fields(model);
    }

    /** Null where there is none of this name. */
    public @Nullable Field find(String name) {
        if (!JsonPath.mayBe(name)) {
            return declared(name);
        }
        JsonPath path = JsonPath.parse(name);
        Field root = path == null ? null : declared(path.root());
        return path == null || root == null || root.type() != FieldType.JSON
                ? null
                : Field.of(path.name(), FieldType.STRING);
    }

    private @Nullable Field declared(String name) {
        Field system = model.hides(name) ? null : SYSTEM.get(name);
        return system == null ? model.ownField(name) : system;
    }

    /** Whether it is the time field, which the engine keeps as {@link Table#TIME}. */
    public boolean isTime(String name) {
        return name.equals(model.roles().time());
    }

    /** Whether the name of a field is that of a path into JSON: no other holds a dot or a bracket. */
    public static boolean isPath(String name) {
        return JsonPath.mayBe(name);
    }

    /** Whether it is a path that nobody has said the type of. */
    static boolean isUntyped(Expression value) {
        return value instanceof Subject subject && isPath(subject.name());
    }

    /** Whether it begins as a path into JSON does, well written or not. */
    boolean isPathLike(String name) {
        Field first = JsonPath.mayBe(name) ? declared(name.split("[.\\[]", 2)[0]) : null;
        return first != null && first.type() == FieldType.JSON;
    }

    /** Why there is no field of this name, and what may have been meant. */
    public String unknown(String name) {
        return Names.unknown("Field", name, names());
    }

    List<String> names() {
        return Stream.concat(
                        model.ownFields().stream().map(Field::name),
                        SYSTEM.keySet().stream()
                                .filter(name -> !model.hides(name))
                                .sorted())
                .toList();
    }
}
