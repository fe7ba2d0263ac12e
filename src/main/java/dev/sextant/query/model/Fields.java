package dev.sextant.query.model;

import dev.sextant.engine.FieldType;
import dev.sextant.engine.Table;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a dataset by name: its own, the system columns, and {@code properties.<name>} for whatever else events
 * bring, which is a string. The time field goes by the name that the model gives it.
 */
public final class Fields {

    /** Begins the name of a field that is not declared. */
    public static final String PROPERTIES_PREFIX = Table.PROPERTIES + ".";

    /** Whatever a quoted member of a JSON path may be; a star alone would mean all of them. */
    private static final Pattern PROPERTY = Pattern.compile("(?!\\*$)[^.\"\\\\\\p{Cntrl}\\p{Cs}]{1,128}");

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
        return isProperty(name) ? Field.of(name, FieldType.STRING) : declared(name);
    }

    private @Nullable Field declared(String name) {
        Field system = SYSTEM.get(name);
        return system == null ? model.ownField(name) : system;
    }

    /** Whether it is the time field, which the engine keeps as {@link Table#TIME}. */
    public boolean isTime(String name) {
        return name.equals(model.roles().time());
    }

    /** Whether it names something inside {@code properties}, that {@link #find} finds. */
    public static boolean isProperty(String name) {
        return name.startsWith(PROPERTIES_PREFIX)
                && PROPERTY.matcher(name)
                        .region(PROPERTIES_PREFIX.length(), name.length())
                        .matches();
    }

    /** Whether it goes deeper into JSON than {@code properties.<name>}. */
    boolean isNestedPath(String name) {
        int dot = name.indexOf('.');
        Field first = dot < 0 ? null : declared(name.substring(0, dot));
        return first != null && first.type() == FieldType.JSON && !isProperty(name);
    }

    List<String> names() {
        return Stream.concat(
                        model.ownFields().stream().map(Field::name),
                        SYSTEM.keySet().stream().sorted())
                .toList();
    }
}
