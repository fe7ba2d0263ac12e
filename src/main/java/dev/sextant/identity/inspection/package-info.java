/**
 * What becomes of a token: clients end theirs ({@code RevokeTokenOperation}), and servers ask whether one is good
 * ({@code IntrospectTokenOperation}). Both first prove who they are ({@code Askers}).
 */
package dev.sextant.identity.inspection;
