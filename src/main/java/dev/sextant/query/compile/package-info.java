/**
 * From questions to SQL: pure, thread-safe, and the only room that knows Calcite.
 *
 * <p>{@code QueryCompiler} is the door. It strips a {@code Query} of its values down to a {@code Shape}; a shape that was
 * seen before has its {@code Template}, and only needs its values back. For a new one, {@code QueryTree} builds a relational
 * tree: {@code SourceTree} reads events (with {@code FilterTree}, {@code MeasureTree}, {@code BucketTree}), {@code GroupTree}
 * groups them, {@code FillTree} closes gaps, {@code PageTree} cuts a page; {@code DuckDbSql} prints it. {@code SheetReader}
 * takes apart what the engine answers. {@code Cursors} signs where a page ended.
 */
package dev.sextant.query.compile;
