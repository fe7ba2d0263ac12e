/**
 * The language of expressions: {@code CASE WHEN added > 100 THEN 'big' ELSE 'small' END}.
 *
 * <p>{@code ExpressionReader} is the door: a text and a {@code Scope} (what may be named) become an {@code Expression}, a
 * typed tree, or an {@code ExpressionRefusal} that says where and why. {@code Lexer} cuts the text into {@code Token}s,
 * {@code Parser} finds the structure, {@code Typing} decides which {@code Operation} takes what. {@code ExpressionText}
 * writes trees back. Nothing here knows an engine, and no text of a caller goes on from here: only trees do.
 */
package dev.sextant.query.expression;
