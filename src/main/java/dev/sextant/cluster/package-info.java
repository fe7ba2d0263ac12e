/**
 * The nodes, and who of them does what one node does for all.
 *
 * <p>The way through the room: once a second {@code NodeVerticle} writes into {@code NodeStore} that its node is there, reads who
 * else is, and takes or gives back leases, as {@code Rendezvous} shares them out; {@code Nodes} is what the rest of the node
 * sees of that. {@code GetClusterOperation} shows all of it to the platform's operators; {@code DrainNodeOperation} takes a node
 * out of work, and {@code ResumeNodeOperation} has it back.
 */
package dev.sextant.cluster;
