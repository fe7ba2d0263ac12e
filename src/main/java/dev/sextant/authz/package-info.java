/**
 * Roles and policies of a tenant: kept, told, and explained.
 *
 * <p>The way through the room: an operation (event loop) asks at {@code AuthzAddresses}; {@code AuthzWorker} keeps roles and
 * policies ({@code RoleStore}, {@code PolicyStore}), and takes no policy that does not fit the datasets it names ({@code
 * PolicyFit}, pure); {@code AccessVerticle} says what somebody may do, and why. What the rules mean is written in {@code
 * authz.policy}; they are enforced where datasets are found and read.
 */
package dev.sextant.authz;
