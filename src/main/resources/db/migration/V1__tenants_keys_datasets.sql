-- Runs as sextant_owner. The roles are there already: cluster/postgres-roles.sql makes them.
--
-- Every table with rows of tenants has row-level security, enabled and forced. A transaction names its tenant by
-- set_config('sextant.tenant', …, true); without one, no row is seen and none can be written.

CREATE TABLE tenant (
    id           text PRIMARY KEY CHECK (id ~ '^ten_[a-z0-9]{1,40}$'),
    name         text NOT NULL UNIQUE,
    plan         text NOT NULL,
    status       text NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'suspended')),
    version      integer NOT NULL DEFAULT 1,
    created_at   timestamptz NOT NULL DEFAULT now(),
    suspended_at timestamptz,
    purge_after  timestamptz
);

-- Owns the platform's own keys, and no data.
INSERT INTO tenant (id, name, plan) VALUES ('ten_platform', 'platform', 'platform');

CREATE TABLE api_key (
    id         text PRIMARY KEY CHECK (id LIKE 'key\_%'),
    tenant_id  text NOT NULL REFERENCES tenant (id) ON DELETE CASCADE,
    name       text NOT NULL,
    prefix     text NOT NULL UNIQUE,
    hash       bytea NOT NULL CHECK (length(hash) = 32),
    scopes     text[] NOT NULL,
    expires_at timestamptz,
    revoked_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX api_key_tenant ON api_key (tenant_id, id);

CREATE TABLE dataset (
    tenant_id   text NOT NULL REFERENCES tenant (id) ON DELETE CASCADE,
    name        text NOT NULL,
    description text NOT NULL DEFAULT '',
    model       jsonb NOT NULL,
    is_default  boolean NOT NULL DEFAULT false,
    version     integer NOT NULL DEFAULT 1,
    created_at  timestamptz NOT NULL DEFAULT now(),
    updated_at  timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, name)
);
CREATE UNIQUE INDEX dataset_default ON dataset (tenant_id) WHERE is_default;

-- Keys that sign tokens; sealed holds an encrypted JWK.
CREATE TABLE signing_key (
    kid        text PRIMARY KEY,
    sealed     text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    retired_at timestamptz
);

-- Numbers the changes in the order of their commits: whoever takes a number holds this row until then.
CREATE TABLE revision (
    only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
    value    bigint NOT NULL
);
INSERT INTO revision (value) VALUES (0);

-- No reference to tenant: the end of a tenant is a change, too.
CREATE TABLE change (
    revision  bigint PRIMARY KEY,
    tenant_id text NOT NULL,
    subject   text NOT NULL CHECK (length(subject) <= 200),
    at        timestamptz NOT NULL
);

-- As db-scheduler 16 wants it.
CREATE TABLE scheduled_tasks (
    task_name            text NOT NULL,
    task_instance        text NOT NULL,
    task_data            bytea,
    execution_time       timestamptz NOT NULL,
    picked               boolean NOT NULL,
    picked_by            text,
    last_success         timestamptz,
    last_failure         timestamptz,
    consecutive_failures integer,
    last_heartbeat       timestamptz,
    version              bigint NOT NULL,
    priority             smallint,
    PRIMARY KEY (task_name, task_instance)
);
CREATE INDEX scheduled_tasks_execution ON scheduled_tasks (execution_time);
CREATE INDEX scheduled_tasks_heartbeat ON scheduled_tasks (last_heartbeat);

-- Who may do what at all.
GRANT SELECT ON tenant TO sextant_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON api_key, dataset TO sextant_app;
GRANT SELECT, UPDATE ON revision TO sextant_app;
GRANT SELECT, INSERT ON change TO sextant_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON tenant, api_key, dataset, signing_key, change, scheduled_tasks
    TO sextant_platform;
GRANT SELECT, UPDATE ON revision TO sextant_platform;

-- And with which rows.
ALTER TABLE tenant ENABLE ROW LEVEL SECURITY;
ALTER TABLE tenant FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON tenant TO sextant_app USING (id = nullif(current_setting('sextant.tenant', true), ''));
CREATE POLICY all_of_them ON tenant TO sextant_platform USING (true);

ALTER TABLE api_key ENABLE ROW LEVEL SECURITY;
ALTER TABLE api_key FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON api_key TO sextant_app USING (tenant_id = nullif(current_setting('sextant.tenant', true), ''));
CREATE POLICY all_of_them ON api_key TO sextant_platform USING (true);

ALTER TABLE dataset ENABLE ROW LEVEL SECURITY;
ALTER TABLE dataset FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON dataset TO sextant_app USING (tenant_id = nullif(current_setting('sextant.tenant', true), ''));
CREATE POLICY all_of_them ON dataset TO sextant_platform USING (true);

ALTER TABLE change ENABLE ROW LEVEL SECURITY;
ALTER TABLE change FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON change TO sextant_app USING (tenant_id = nullif(current_setting('sextant.tenant', true), ''));
CREATE POLICY all_of_them ON change TO sextant_platform USING (true);

-- The one question that may be asked before anybody is known. It runs as its owner, who for it may read two tables.
CREATE POLICY credential ON tenant FOR SELECT TO sextant_owner USING (true);
CREATE POLICY credential ON api_key FOR SELECT TO sextant_owner USING (true);

CREATE FUNCTION credential(wanted text)
    RETURNS TABLE (key_id text, tenant_id text, tenant_status text, hash bytea, scopes text[],
                   expires_at timestamptz, revoked_at timestamptz)
    LANGUAGE sql STABLE STRICT SECURITY DEFINER ROWS 1
    SET search_path = public, pg_temp
AS $$
    SELECT k.id, k.tenant_id, t.status, k.hash, k.scopes, k.expires_at, k.revoked_at
    FROM api_key k JOIN tenant t ON t.id = k.tenant_id
    WHERE k.prefix = wanted
$$;
REVOKE ALL ON FUNCTION credential(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION credential(text) TO sextant_auth;
