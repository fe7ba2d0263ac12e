package dev.sextant.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.WireForms;
import dev.sextant.ingest.IngestReceipt.EventError;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The wire forms of what is announced and answered. Where one must change, its address becomes {@code v2}. */
class IngestWireTest {

    private static final EventError ERROR = new EventError(17, "/added", "type_mismatch", "This must be a number.");

    @Test
    void theMessagesKeepTheirForms() {
        WireForms.assertForm(new EventsAccepted("sales", 412), """
                {"dataset":"sales","data_version":412}""");
        WireForms.assertForm(new IngestReceipt("btc_1", 998, 1, 1, "dv_412", null, "PT168H", List.of(ERROR), 0), """
                {"batch_id":"btc_1","accepted":998,"duplicates":1,"rejected":1,"data_version":"dv_412",\
                "dedupe_window":"PT168H","errors":[{"index":17,"pointer":"/added","code":"type_mismatch",\
                "detail":"This must be a number."}],"errors_omitted":0}""");
        WireForms.assertForm(
                new DatasetReceipt("sales", new IngestReceipt("btc_1", 1, 0, 0, "dv_1", null, "PT168H", List.of(), 0)),
                """
                {"dataset":"sales","receipt":{"batch_id":"btc_1","accepted":1,"duplicates":0,"rejected":0,\
                "data_version":"dv_1","dedupe_window":"PT168H","errors":[],"errors_omitted":0}}""");
    }

    @Test
    void receiptsOfOneRequestAddUp() {
        ReceiptSum sum = new ReceiptSum("btc_1", 3);

        sum.add(new IngestReceipt("btc_1", 5, 1, 2, "dv_1", null, "PT168H", List.of(ERROR, ERROR), 0));
        sum.add(new IngestReceipt("btc_1", 0, 0, 4, null, null, "PT168H", List.of(ERROR, ERROR), 2));

        assertThat(sum.total())
                .isEqualTo(
                        new IngestReceipt("btc_1", 5, 1, 6, "dv_1", null, "PT168H", List.of(ERROR, ERROR, ERROR), 3));
        assertThat(sum.total().events()).isEqualTo(12);
    }
}
