-- A tenant's part of the platform, where it is not the usual one.
CREATE TABLE tenant_scale (
    tenant_id    text PRIMARY KEY REFERENCES tenant (id) ON DELETE CASCADE,
    target       text NOT NULL,
    version      integer NOT NULL CHECK (version > 0),
    -- The operation that brought it; the change before it is what a rollback brings back.
    operation_id text NOT NULL CHECK (operation_id LIKE 'op\_%'),
    before       text NOT NULL,
    -- When the usual part is back; null for never.
    until        timestamptz,
    reason       text NOT NULL DEFAULT '',
    updated_at   timestamptz NOT NULL,
    updated_by   text NOT NULL
);
GRANT SELECT, INSERT, UPDATE, DELETE ON tenant_scale TO sextant_platform;
GRANT SELECT ON tenant_scale TO sextant_app;

ALTER TABLE tenant_scale ENABLE ROW LEVEL SECURITY;
ALTER TABLE tenant_scale FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON tenant_scale TO sextant_app
    USING (tenant_id = nullif(current_setting('sextant.tenant', true), ''));
CREATE POLICY all_of_them ON tenant_scale TO sextant_platform USING (true);

-- Not only queries run as operations.
ALTER TABLE operation ADD COLUMN kind text NOT NULL DEFAULT 'query' CHECK (kind IN ('query', 'scale'));
ALTER TABLE operation ALTER COLUMN query_id DROP NOT NULL;
