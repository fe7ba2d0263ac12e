-- What each tenant used, by the hour, operation and caller: derived from records of the audit in the transaction that
-- puts them into the log, so that the sums are those of the log.
CREATE TABLE usage (
    tenant_id     text NOT NULL,
    hour          timestamptz NOT NULL,
    operation     text NOT NULL,
    actor         text NOT NULL,
    requests      bigint NOT NULL,
    errors        bigint NOT NULL,
    cost_units    bigint NOT NULL,
    events        bigint NOT NULL,
    bytes_out     bigint NOT NULL,
    socket_millis bigint NOT NULL,
    elapsed       bigint[] NOT NULL, -- calls by how long they took: each bucket reaches half as far again as the one before
    PRIMARY KEY (tenant_id, hour, operation, actor)
);

-- Adds place by place; both have the same length.
CREATE FUNCTION usage_sum(a bigint[], b bigint[]) RETURNS bigint[] LANGUAGE sql IMMUTABLE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$ SELECT array_agg(x + y ORDER BY place) FROM unnest(a, b) WITH ORDINALITY AS pairs (x, y, place) $$;

CREATE AGGREGATE usage_total (bigint[]) (SFUNC = usage_sum, STYPE = bigint[]);

GRANT SELECT ON usage TO sextant_app;
GRANT SELECT, INSERT, UPDATE ON usage TO sextant_platform;

ALTER TABLE usage ENABLE ROW LEVEL SECURITY;
ALTER TABLE usage FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON usage TO sextant_app USING (tenant_id = nullif(current_setting('sextant.tenant', true), ''));
CREATE POLICY all_of_them ON usage TO sextant_platform USING (true);
