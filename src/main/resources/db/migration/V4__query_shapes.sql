-- How queries are made, day by day, and what they took; of each what can be added up. No values of queries are kept.

CREATE TABLE query_shape (
    tenant_id     text NOT NULL,
    dataset       text NOT NULL,
    day           date NOT NULL,
    shape_id      text NOT NULL,
    shape         text NOT NULL,
    asked         bigint NOT NULL,
    scans         bigint NOT NULL,
    scanned_rows  bigint NOT NULL,
    rollup_reads  bigint NOT NULL,
    rollup_rows   bigint NOT NULL,
    engine_micros bigint NOT NULL,
    PRIMARY KEY (tenant_id, dataset, day, shape_id),
    FOREIGN KEY (tenant_id, dataset) REFERENCES dataset (tenant_id, name) ON DELETE CASCADE
);

GRANT SELECT, INSERT, UPDATE, DELETE ON query_shape TO sextant_app, sextant_platform;

ALTER TABLE query_shape ENABLE ROW LEVEL SECURITY;
ALTER TABLE query_shape FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON query_shape TO sextant_app
    USING (tenant_id = nullif(current_setting('sextant.tenant', true), ''));
CREATE POLICY all_of_them ON query_shape TO sextant_platform USING (true);
