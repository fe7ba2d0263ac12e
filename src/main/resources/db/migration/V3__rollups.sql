-- What is kept of a dataset's events beside them; the engine has the groups themselves.

CREATE TABLE rollup (
    tenant_id   text NOT NULL,
    dataset     text NOT NULL,
    name        text NOT NULL,
    declaration jsonb NOT NULL,
    created_at  timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, dataset, name),
    FOREIGN KEY (tenant_id, dataset) REFERENCES dataset (tenant_id, name) ON DELETE CASCADE
);

GRANT SELECT, INSERT, DELETE ON rollup TO sextant_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON rollup TO sextant_platform;

ALTER TABLE rollup ENABLE ROW LEVEL SECURITY;
ALTER TABLE rollup FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON rollup TO sextant_app USING (tenant_id = nullif(current_setting('sextant.tenant', true), ''));
CREATE POLICY all_of_them ON rollup TO sextant_platform USING (true);
