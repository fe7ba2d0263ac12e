package dev.sextant.engine.druid;

/** What has become of deletions, as whoever begins now reads it. */
public final class TestDeletions {

    private TestDeletions() {}

    /** How many of a datasource's were carried out. */
    public static long done(int kafkaPort, String datasource) {
        DruidConfig.Kafka kafka = kafka("127.0.0.1:" + kafkaPort);
        Orders orders = new Orders();
        Tail.orders(kafka, Topics.of(datasource)).forEach(orders::take);
        return orders.deletions().values().stream()
                .flatMap(deletions -> deletions.values().stream())
                .filter(deletion -> deletion.stage() == Deletion.Stage.DONE)
                .count();
    }

    private static DruidConfig.Kafka kafka(String bootstrap) {
        DruidConfig.Kafka base = DruidConfig.DEFAULT.kafka();
        return new DruidConfig.Kafka(
                bootstrap,
                1,
                base.patience(),
                base.stall(),
                base.inFlightBytesMax(),
                base.batchBytesMax(),
                base.retention(),
                base.spoolBytesMax());
    }
}
