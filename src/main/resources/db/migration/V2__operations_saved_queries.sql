-- Queries that nobody waits for, with their results; and queries that are kept by name.

CREATE TABLE operation (
    id          text PRIMARY KEY CHECK (id LIKE 'op\_%'),
    tenant_id   text NOT NULL REFERENCES tenant (id) ON DELETE CASCADE,
    query_id    text NOT NULL UNIQUE CHECK (query_id LIKE 'qry\_%'),
    status      text NOT NULL DEFAULT 'queued'
                CHECK (status IN ('queued', 'running', 'succeeded', 'failed', 'cancelled')),
    -- On whose behalf it runs, also after a restart.
    actor       text NOT NULL,
    policy      text NOT NULL,
    scopes      text[] NOT NULL,
    question    text NOT NULL,
    est_ms      bigint NOT NULL,
    attempts    integer NOT NULL DEFAULT 1,
    -- Which node has it, and until when the others believe that; null once it is over.
    node        text NOT NULL,
    lease_until timestamptz,
    problem     text,
    result      bytea,
    etag        text,
    created_at  timestamptz NOT NULL,
    started_at  timestamptz,
    finished_at timestamptz
);
CREATE INDEX operation_tenant ON operation (tenant_id, id);
CREATE INDEX operation_open ON operation (lease_until) WHERE status IN ('queued', 'running');
CREATE INDEX operation_finished ON operation (finished_at) WHERE finished_at IS NOT NULL;

CREATE TABLE saved_query (
    id          text PRIMARY KEY CHECK (id LIKE 'sqy\_%'),
    tenant_id   text NOT NULL REFERENCES tenant (id) ON DELETE CASCADE,
    name        text NOT NULL,
    description text NOT NULL DEFAULT '',
    query       text NOT NULL,
    version     integer NOT NULL DEFAULT 1,
    created_by  text NOT NULL,
    created_at  timestamptz NOT NULL DEFAULT now(),
    updated_at  timestamptz NOT NULL DEFAULT now(),
    UNIQUE (tenant_id, name)
);
CREATE INDEX saved_query_tenant ON saved_query (tenant_id, id);

GRANT SELECT, INSERT, UPDATE, DELETE ON operation, saved_query TO sextant_app, sextant_platform;

ALTER TABLE operation ENABLE ROW LEVEL SECURITY;
ALTER TABLE operation FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON operation TO sextant_app
    USING (tenant_id = nullif(current_setting('sextant.tenant', true), ''));
CREATE POLICY all_of_them ON operation TO sextant_platform USING (true);

ALTER TABLE saved_query ENABLE ROW LEVEL SECURITY;
ALTER TABLE saved_query FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON saved_query TO sextant_app
    USING (tenant_id = nullif(current_setting('sextant.tenant', true), ''));
CREATE POLICY all_of_them ON saved_query TO sextant_platform USING (true);
