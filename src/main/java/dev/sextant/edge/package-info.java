/**
 * Where requests come in.
 *
 * <p>The way through the room: {@code EdgeVerticle} listens, behind the doors of {@code edge.defence}; {@code ContractRouter} mounts a route for each operation of the
 * {@code Contract}; {@code OperationHandler} has {@code Recognition} find out who calls, authorizes, has {@code RequestReader} check parameters and body,
 * runs the operation, and has {@code ReplyWriter} write what it answers. Whatever fails ends in {@code ProblemRenderer}.
 */
package dev.sextant.edge;
