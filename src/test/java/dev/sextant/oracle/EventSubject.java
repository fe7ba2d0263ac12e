package dev.sextant.oracle;

import org.jspecify.annotations.Nullable;

/** An event, as filters see it. */
record EventSubject(Schema schema, Event event) implements Conditions.Subject {

    @Override
    public Kind kind(String name) {
        return schema.kind(name);
    }

    @Override
    public @Nullable Object value(String name) {
        return event.value(name);
    }
}
