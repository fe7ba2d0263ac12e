/**
 * From questions to SQL: pure, thread-safe, and the only room that knows Calcite.
 *
 * <p>{@code QueryCompiler} is the door. It strips a {@code Query} of its values down to a {@code Shape}; a shape that was
 * seen before has its {@code Template}, and only needs its values back. For a new one, {@code QueryTree} builds a relational
 * tree: {@code SourceTree} reads events (with {@code FilterTree}, {@code MeasureTree}, {@code BucketTree}), {@code GroupTree}
 * groups them, {@code FillTree} closes gaps, {@code PageTree} cuts a page. {@code SheetReader} takes apart what the engine
 * answers. {@code Cursors} signs where a page ended.
 *
 * <p>{@code TreePrinter} prints trees in an engine's dialect. Operators are DuckDB's words; what Druid says in others stands
 * in {@code DruidPhrases}, {@code DruidNumbers}, {@code DruidSums} and {@code DruidTimes}, an operator a {@code Phrase}, or is
 * refused there. Trees differ only where words do not do: in how a shared table is scanned ({@code ScanTree}), periods are
 * compared ({@code SourceTree}), and distinct values counted ({@code DistinctTree}).
 */
package dev.sextant.query.compile;
