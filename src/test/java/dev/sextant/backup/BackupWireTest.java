package dev.sextant.backup;

import dev.sextant.WireForms;
import org.junit.jupiter.api.Test;

/** The wire forms of the messages about backups. Where one must change, its address becomes {@code v2}. */
class BackupWireTest {

    @Test
    void theQuestionAndTheAnswerKeepTheirForms() {
        WireForms.assertForm(new MakeBackup("tonight", BackupSecrets.LEFT_OUT), """
                {"name":"tonight","secrets":"left_out"}""");
        WireForms.assertForm(new MakeBackup(null, null), """
                {"name":null,"secrets":null}""");
        WireForms.assertForm(new BackupReport("op_1", "running", "tonight", BackupSecrets.SEALED), """
                {"operation_id":"op_1","status":"running","name":"tonight","secrets":"sealed"}""");
    }
}
