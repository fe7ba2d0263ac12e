package dev.sextant.engine.duckdb;

import dev.sextant.engine.FieldType;
import dev.sextant.engine.Table;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/** One file of Parquet: rows are gathered in an instance in memory, which writes them out and ends. For one thread at a time. */
final class ParquetFile {

    static final long MEMORY_BYTES_MAX = 128L << 20;

    private static final String TEMP_BYTES_MAX = "8GiB";
    private static final int PIECE_BYTES = 64 << 10;

    private final Path folder;
    private final List<Table.Column> columns;
    private final DuckDBConnection connection;
    private @Nullable FileChannel channel;

    private ParquetFile(Path folder, List<Table.Column> columns, DuckDBConnection connection) {
        this.folder = folder;
        this.columns = columns;
        this.connection = connection;
    }

    static ParquetFile open(Path scratch, List<Table.Column> columns) throws IOException, SQLException {
        Path folder = Files.createTempDirectory(scratch, "parquet"); // only the owner may look into it
        DuckDBConnection connection = (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:", settings(folder));
        try {
            lockDown(connection, folder);
            Sql.execute(connection, "CREATE TABLE rows (%s)".formatted(each(columns, ParquetFile::kept)));
            return new ParquetFile(folder, columns, connection);
        } catch (SQLException e) {
            connection.close();
            Trash.delete(folder);
            throw e;
        }
    }

    private static Properties settings(Path folder) {
        Properties settings = new Properties();
        settings.setProperty("threads", "1");
        settings.setProperty("async_threads", "1");
        settings.setProperty("memory_limit", MEMORY_BYTES_MAX + "B");
        settings.setProperty("temp_directory", folder.resolve("temp").toString());
        settings.setProperty("max_temp_directory_size", TEMP_BYTES_MAX);
        settings.setProperty("autoinstall_known_extensions", "false");
        settings.setProperty("autoload_known_extensions", "false");
        return settings;
    }

    /** From here on it sees this folder and no other file. */
    private static void lockDown(DuckDBConnection connection, Path folder) throws SQLException {
        Sql.execute(connection, "SET GLOBAL TimeZone = 'UTC'");
        Sql.execute(connection, "SET GLOBAL allowed_directories = [%s]".formatted(Sql.literal(folder + "/")));
        Sql.execute(connection, "SET GLOBAL enable_external_access = false");
        Sql.execute(connection, "SET GLOBAL lock_configuration = true");
    }

    /** What is said of one column. */
    private interface Said {
        String of(int index, Table.Column column);
    }

    private static String each(List<Table.Column> columns, Said said) {
        return IntStream.range(0, columns.size())
                .mapToObj(i -> said.of(i, columns.get(i)))
                .collect(Collectors.joining(", "));
    }

    private static String kept(int index, Table.Column column) {
        String type = switch (column.type()) {
            case STRING, JSON -> "VARCHAR";
            case LONG -> "BIGINT";
            case DOUBLE -> "DOUBLE";
            case BOOLEAN -> "BOOLEAN";
            case TIMESTAMP -> "TIMESTAMP";
            case DECIMAL -> "DECIMAL(38, 0)"; // a HUGEINT would be written as a double
        };
        return "c%d %s".formatted(index, type);
    }

    private static String written(int index, Table.Column column) {
        String value = switch (column.type()) {
            case TIMESTAMP -> "CAST(c%d AS TIMESTAMPTZ)";
            case JSON -> "CAST(c%d AS JSON)";
            default -> "c%d";
        };
        return value.formatted(index) + " AS " + Sql.quote(column.name());
    }

    /** By an appender for each batch: one belongs to the thread that made it, and batches come on different ones. */
    void append(List<List<@Nullable Object>> rows) throws SQLException {
        try (DuckDBAppender appender = connection.createAppender("main", "rows")) {
            for (List<@Nullable Object> row : rows) {
                appender.beginRow();
                for (int i = 0; i < columns.size(); i++) {
                    append(appender, row.get(i), columns.get(i).type());
                }
                appender.endRow();
            }
        }
    }

    private static void append(DuckDBAppender appender, @Nullable Object value, FieldType type) throws SQLException {
        switch (value) {
            case null -> appender.appendNull();
            case String text -> appender.append(text);
            case Long number when type == FieldType.DECIMAL -> appender.append(BigDecimal.valueOf(number));
            case Long number -> appender.append(number.longValue());
            case BigInteger number -> appender.append(new BigDecimal(number));
            case Double number -> appender.append(number.doubleValue());
            case Boolean truth -> appender.append(truth.booleanValue());
            case Instant instant -> appender.appendEpochMicros(Micros.of(instant));
            default -> throw new IllegalArgumentException("A value has a form that no field type says");
        }
    }

    /** Writes the file; its size. */
    long finish() throws IOException, SQLException {
        Path file = folder.resolve("rows.parquet");
        Sql.execute(
                connection,
                "COPY (SELECT %s FROM rows) TO %s (FORMAT parquet, COMPRESSION zstd)"
                        .formatted(each(columns, ParquetFile::written), Sql.literal(file.toString())));
        connection.close();
        FileChannel opened = FileChannel.open(file, StandardOpenOption.READ);
        channel = opened;
        return opened.size();
    }

    /** The next bytes; none at the end. */
    Buffer read() throws IOException {
        FileChannel opened = channel;
        if (opened == null) {
            throw new IllegalStateException("The file is not finished");
        }
        ByteBuffer piece = ByteBuffer.allocate(PIECE_BYTES);
        int length = Math.max(0, opened.read(piece));
        return Buffer.buffer(length).appendBytes(piece.array(), 0, length);
    }

    void close() throws IOException, SQLException {
        try {
            connection.close();
            FileChannel opened = channel;
            if (opened != null) {
                opened.close();
            }
        } finally {
            Trash.delete(folder);
        }
    }
}
