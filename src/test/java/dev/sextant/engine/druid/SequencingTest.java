package dev.sextant.engine.druid;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.engine.FieldType;
import dev.sextant.engine.Table;
import dev.sextant.engine.Table.Column;
import dev.sextant.kernel.Json;
import dev.sextant.kernel.TenantId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SequencingTest {

    private static final Topics TOPICS = Topics.of("pool");
    private static final Duration WINDOW = Duration.ofDays(7);
    private static final long NOON = 1_772_366_400_000_000L;
    private static final Place CLICKS = new Place(new TenantId("ten_acme"), "clicks");
    private static final Place OTHERS = new Place(new TenantId("ten_other"), "clicks");

    @TempDir
    Path folder;

    private TopologyTestDriver driver;
    private TestInputTopic<byte[], byte[]> intake;
    private TestOutputTopic<byte[], byte[]> events;
    private TestOutputTopic<byte[], byte[]> orders;

    @BeforeEach
    void start() {
        Properties settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere:1");
        settings.put(StreamsConfig.STATE_DIR_CONFIG, folder.toString());
        driver = new TopologyTestDriver(Sequencer.topology(TOPICS, WINDOW), settings);
        intake = driver.createInputTopic(TOPICS.intake(), new ByteArraySerializer(), new ByteArraySerializer());
        events = driver.createOutputTopic(TOPICS.events(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        orders = driver.createOutputTopic(TOPICS.orders(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    @AfterEach
    void close() {
        driver.close();
    }

    private static Entry batch(Place place, long receivedMicros, String... ids) {
        Entry.Head head = new Entry.Head(Entry.Kind.BATCH, place.tenant().value(), place.dataset(), receivedMicros);
        return new Entry(head, null, Arrays.stream(ids).map(SequencingTest::row).toList());
    }

    private static Entry.Row row(String id) {
        return new Entry.Row(id, true, NOON, "{\"event_id\":\"" + id + "\"}");
    }

    private List<TestRecord<byte[], byte[]>> events(Entry entry) {
        intake.pipeInput(new byte[0], entry.write());
        return events.readRecordsToList();
    }

    private static Stamp stamp(TestRecord<byte[], byte[]> record) {
        return Stamp.read(record.headers().lastHeader(Stamp.HEADER).value());
    }

    private static String text(TestRecord<byte[], byte[]> record) {
        return new String(record.value(), StandardCharsets.UTF_8);
    }

    @Test
    void givesTheRowsOfABatchItsPlaceAsTheirVersion() {
        events(batch(CLICKS, NOON, "x"));

        List<TestRecord<byte[], byte[]>> rows = events(batch(CLICKS, NOON, "a", "b"));

        assertThat(rows.stream().map(SequencingTest::text))
                .containsExactly("{\"__version\":2,\"event_id\":\"a\"}", "{\"__version\":2,\"event_id\":\"b\"}");
        assertThat(rows.stream().map(SequencingTest::stamp))
                .containsExactly(
                        new Stamp(Stamp.Kind.ROW, CLICKS, 2, NOON, 1, 0),
                        new Stamp(Stamp.Kind.ROW, CLICKS, 2, NOON, 0, 0));
    }

    @Test
    void dropsDuplicatesAndTellsHowMany() {
        events(batch(CLICKS, NOON, "a"));

        List<TestRecord<byte[], byte[]>> rows = events(batch(CLICKS, NOON, "b", "a", "b"));

        assertThat(rows).hasSize(1);
        assertThat(stamp(rows.getFirst())).isEqualTo(new Stamp(Stamp.Kind.ROW, CLICKS, 2, NOON, 0, 2));
    }

    @Test
    void tellsOfABatchOfWhichNothingIsLeft() {
        events(batch(CLICKS, NOON, "a"));

        List<TestRecord<byte[], byte[]>> rows = events(batch(CLICKS, NOON, "a"));

        assertThat(rows).hasSize(1);
        assertThat(rows.getFirst().value()).isNull();
        assertThat(stamp(rows.getFirst())).isEqualTo(new Stamp(Stamp.Kind.NOTHING, CLICKS, 2, 0, 0, 1));
    }

    @Test
    void takesAnIdAgainAfterTheWindowToTheMicrosecond() {
        events(batch(CLICKS, NOON, "a"));
        long after = NOON + WINDOW.toMillis() * 1000;

        assertThat(stamp(events(batch(CLICKS, after - 1, "a")).getFirst()).kind())
                .isEqualTo(Stamp.Kind.NOTHING);
        assertThat(stamp(events(batch(CLICKS, after, "a")).getFirst()).kind()).isEqualTo(Stamp.Kind.ROW);
    }

    @Test
    void tellsTenantsApart() {
        events(batch(CLICKS, NOON, "a"));

        assertThat(stamp(events(batch(OTHERS, NOON, "a")).getFirst()).kind()).isEqualTo(Stamp.Kind.ROW);
    }

    @Test
    void takesTheIdsOfADroppedTenantAgainAndNoOthers() {
        events(batch(CLICKS, NOON, "a"));
        events(batch(OTHERS, NOON, "a"));

        events(new Entry(new Entry.Head(Entry.Kind.DROP, "ten_acme", "", NOON), null, List.of()));

        assertThat(stamp(events(batch(CLICKS, NOON, "a")).getFirst()).kind()).isEqualTo(Stamp.Kind.ROW);
        assertThat(stamp(events(batch(OTHERS, NOON, "a")).getFirst()).kind()).isEqualTo(Stamp.Kind.NOTHING);
    }

    @Test
    void showsTheColumnsOfATable() {
        Table table = new Table("clicks", List.of(new Column("page", FieldType.STRING)));

        List<TestRecord<byte[], byte[]>> told = events(Entry.order(Entry.Kind.SHOW, CLICKS, NOON, table));

        assertThat(told.stream().map(record -> stamp(record).kind()))
                .containsExactly(Stamp.Kind.SHOWN, Stamp.Kind.DEFINED);
        assertThat(text(told.getFirst())).contains("\"tenant_id\":\"_\"", "\"s_page\":\"\"", "\"__version\":1");
        assertThat(told.getLast().value()).isNull();
        TestRecord<byte[], byte[]> kept = orders.readRecord();
        assertThat(new String(kept.key(), StandardCharsets.UTF_8)).isEqualTo("define/ten_acme/clicks/");
        assertThat(Json.read(kept.value(), Table.class)).isEqualTo(table);
    }

    @Test
    void passesOverWhatIsNoEntry() {
        intake.pipeInput(new byte[0], "{".getBytes(StandardCharsets.UTF_8));

        assertThat(events(batch(CLICKS, NOON, "a"))).hasSize(1);
    }
}
