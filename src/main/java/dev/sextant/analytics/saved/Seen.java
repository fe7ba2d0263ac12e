package dev.sextant.analytics.saved;

import dev.sextant.kernel.Reach;

/**
 * Which of a tenant's saved queries a caller is told of: those of datasets that it may touch.
 *
 * @param byDefault the dataset of queries that name none; empty where there is none, or it does not matter
 */
record Seen(Reach reach, String byDefault) {}
