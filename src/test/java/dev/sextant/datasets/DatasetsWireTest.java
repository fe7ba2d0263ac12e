package dev.sextant.datasets;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sextant.WireForms;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The wire forms of the datasets' messages. Where one must change, its address becomes {@code v2}. */
class DatasetsWireTest {

    private static final ObjectNode MODEL =
            JsonNodeFactory.instance.objectNode().put("entity", "user");
    private static final DatasetReport REPORT = new DatasetReport(
            "sales",
            "",
            true,
            MODEL,
            3,
            "dv_412",
            8L,
            null,
            Instant.parse("2026-11-23T15:00:00.000Z"),
            Instant.parse("2026-11-24T15:00:00.000Z"));
    private static final String FORM = """
            {"name":"sales","description":"","default":true,"model":{"entity":"user"},"version":3,"data_version":"dv_412",\
            "rows":8,"watermark":null,"created_at":"2026-11-23T15:00:00.000Z","updated_at":"2026-11-24T15:00:00.000Z"}""";

    @Test
    void theQuestionsKeepTheirForms() {
        WireForms.assertForm(new CreateDataset("sales", null, MODEL, false), """
                {"name":"sales","description":null,"model":{"entity":"user"},"default":false}""");
        WireForms.assertForm(new ListDatasets(100, "a"), """
                {"limit":100,"after":"a"}""");
        WireForms.assertForm(new GetDataset("sales"), """
                {"name":"sales"}""");
        WireForms.assertForm(new InferModel(List.of(MODEL)), """
                {"events":[{"entity":"user"}]}""");
    }

    @Test
    void theAnswersKeepTheirForms() {
        WireForms.assertForm(REPORT, FORM);
        WireForms.assertForm(
                new DatasetList(List.of(REPORT), "abc", true),
                "{\"data\":[" + FORM + "],\"next_cursor\":\"abc\",\"has_more\":true}");
    }
}
