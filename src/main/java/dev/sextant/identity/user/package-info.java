/**
 * People: who they are in their tenant, which roles they have, and the passwords that prove them.
 *
 * <p>The way through the room: operations (event loop) ask {@code UsersVerticle}, which keeps users by {@code UserStore} and
 * invitations by {@code InvitationStore}. Passwords are hashed and checked by {@code PasswordWorker}, on threads of its own;
 * {@code PasswordQueue} bounds how many wait for it. {@code Roles} says what a role may do.
 */
package dev.sextant.identity.user;
