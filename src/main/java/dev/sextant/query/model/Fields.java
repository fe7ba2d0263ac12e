package dev.sextant.query.model;

import dev.sextant.engine.FieldType;
import dev.sextant.engine.Table;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
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

    private final Map<String, Field> nameToField = new LinkedHashMap<>();
    private final String time;

    private Fields(DatasetModel model) {
        this.time = model.roles().time();
        model.ownFields().forEach(field -> nameToField.put(field.name(), field));
        Table.SYSTEM.stream()
                .filter(column -> !column.name().equals(Table.TIME))
                .forEach(column -> nameToField.put(column.name(), Field.of(column.name(), column.type())));
    }

    public static Fields of(DatasetModel model) {
        return new Fields(model);
    }

    /** Null where there is none of this name. */
    public @Nullable Field find(String name) {
        return isProperty(name) ? Field.of(name, FieldType.STRING) : nameToField.get(name);
    }

    /** Whether it is the time field, which the engine keeps as {@link Table#TIME}. */
    public boolean isTime(String name) {
        return name.equals(time);
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
        Field first = dot < 0 ? null : nameToField.get(name.substring(0, dot));
        return first != null && first.type() == FieldType.JSON && !isProperty(name);
    }

    Set<String> names() {
        return nameToField.keySet();
    }
}
