package dev.sextant.engine.druid;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * An entry on its way to a topic.
 *
 * @param key of its dataset
 * @param entry as {@link Entry#write} gives it
 */
@SuppressWarnings("ArrayRecordComponent") // bytes on their way, which nobody compares or changes
record Letter(String topic, byte[] key, byte[] entry) {

    static Letter of(String topic, Entry entry) {
        return new Letter(topic, entry.head().place().key().getBytes(StandardCharsets.UTF_8), entry.write());
    }

    byte[] write() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(topic.length() + key.length + entry.length + 16);
        try (DataOutputStream data = new DataOutputStream(bytes)) {
            data.writeUTF(topic);
            data.writeInt(key.length);
            data.write(key);
            data.write(entry);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static Letter read(byte[] bytes) {
        try (DataInputStream data = new DataInputStream(new ByteArrayInputStream(bytes))) {
            return new Letter(data.readUTF(), data.readNBytes(data.readInt()), data.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
