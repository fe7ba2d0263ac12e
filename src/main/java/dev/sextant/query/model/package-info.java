/**
 * What a dataset means, and what may be asked of it: records without behaviour towards the outside.
 *
 * <p>{@code ModelReader} reads a {@code DatasetModel} (roles, typed fields, hierarchies, named measures, segments) and lets
 * it grow; {@code ModelProposal} guesses one from sample events. {@code QueryReader} reads a body against a model into a
 * {@code Query}, which is canonical: equal queries are equal records; {@code Navigation} makes those that lead on from
 * one. Readers walk the JSON as {@code Place}s, which know
 * their pointers, and collect every refusal before one exception tells them all.
 */
package dev.sextant.query.model;
