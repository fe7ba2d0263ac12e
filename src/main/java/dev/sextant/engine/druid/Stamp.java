package dev.sextant.engine.druid;

import dev.sextant.kernel.TenantId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * What a record of the topic of rows is, in a header of its own, so that whoever follows need not read the row.
 *
 * @param version of the entry it comes from: its place in the intake topic, and so in the datasource
 * @param micros when the event happened; 0 where it is none
 * @param left how many records of the same entry come after this one
 * @param dropped how many duplicates the entry had; told with its last record
 */
record Stamp(Kind kind, Place place, long version, long micros, int left, int dropped) {

    /** The header's name. */
    static final String HEADER = "sextant";

    /** The name of the header that holds what an order says. */
    static final String ORDER = "sextant-order";

    /** What the record is; all but rows and shown columns have no value, and Druid passes over them. */
    enum Kind {
        ROW,
        /** All events of a batch were duplicates. */
        NOTHING,
        /** A row of no tenant, for its columns. */
        SHOWN,
        DEFINED,
        DELETED,
        REMOVED,
        DROPPED
    }

    byte[] write() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(96);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeUTF(kind.name());
            out.writeUTF(place.tenant().value());
            out.writeUTF(place.dataset());
            out.writeLong(version);
            out.writeLong(micros);
            out.writeInt(left);
            out.writeInt(dropped);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static Stamp read(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            Kind kind = Kind.valueOf(in.readUTF());
            Place place = new Place(new TenantId(in.readUTF()), in.readUTF());
            return new Stamp(kind, place, in.readLong(), in.readLong(), in.readInt(), in.readInt());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
