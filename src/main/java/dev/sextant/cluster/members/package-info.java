/**
 * Which nodes there are, and the wire between them.
 *
 * <p>The way through the room: {@code Members.join} makes a Hazelcast member of {@code HazelcastSettings}; it takes and makes
 * connections only where both sides prove the cluster's secret ({@code SharedSecret}, let in by {@code GuardedContext}). {@code
 * SteadyManager} is what Vert.x asks who listens where; it puts back what a partition of the network took away.
 */
package dev.sextant.cluster.members;
