package dev.sextant.edge;

import dev.sextant.edge.defence.Bans;
import dev.sextant.http.Operation;
import dev.sextant.telemetry.Telemetry;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

/** What all event loops of the edge share, besides the contract and the operations. */
public record EdgeSetup(EdgeConfig config, Telemetry telemetry, Bans bans) {

    public static EdgeSetup of(EdgeConfig config, Telemetry telemetry, InstantSource clock) {
        Bans bans = new Bans(config.bans(), clock);
        bans.measure(telemetry);
        return new EdgeSetup(config, telemetry, bans);
    }

    /** The operations that are the edge's own. */
    public List<Operation> operations(Contract contract) {
        return Stream.concat(
                        Reference.operations(contract).stream(), Stream.of(new ReceiveCspReportOperation(telemetry)))
                .toList();
    }
}
