/**
 * The demo: two tenants with data worth asking about, filled by the same ways that customers use.
 *
 * <p>The way through the room: {@code Demo} asks by {@code DemoClient} for tenants, keys and datasets, and has
 * {@code HistoryLoader} append what an {@code Exhibit} lacks: the real edits of {@code WikipediaEdits}, or what the room
 * {@code demo.shop} generates. From then on a {@code ReplayWorker} for each appends what its {@code LiveFeed} has due.
 */
package dev.sextant.demo;
