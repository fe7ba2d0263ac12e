/**
 * The engine of a cluster: events come in through Kafka and are kept and counted by Druid.
 *
 * <p>{@code DruidEngine} finds the {@code Datasource} of a tenant. What is written goes through its {@code Intake} to a
 * topic of one partition, whose order is the order of versions; {@code Sequencer} (Kafka Streams) drops duplicates there
 * and writes the rows to the topic that Druid reads. A {@code Tail} reads the same rows, {@code Tasks} says how far Druid
 * has come with them, and {@code Progress} puts the two together: what is visible, and the {@code Ledger} of states.
 * {@code Reads} gives plans their turn; {@code SqlClient} asks the {@code Brokers}, {@code Lines} reads what they answer
 * row by row, and {@code DruidFailure} says what a failure means to the caller.
 */
package dev.sextant.engine.druid;
