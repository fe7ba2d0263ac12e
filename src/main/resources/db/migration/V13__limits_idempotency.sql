-- What tenants may use, where it is not what their plan says.
CREATE TABLE tenant_limits (
    tenant_id  text PRIMARY KEY REFERENCES tenant (id) ON DELETE CASCADE,
    document   text NOT NULL,
    version    integer NOT NULL CHECK (version > 0),
    updated_at timestamptz NOT NULL,
    updated_by text NOT NULL
);

-- Requests that came with a key of idempotency, so that none is executed twice. What they were answered is sealed: it may
-- be a secret that is told once.
CREATE TABLE idempotency (
    id          text PRIMARY KEY CHECK (id LIKE 'idm\_%'),
    tenant_id   text NOT NULL REFERENCES tenant (id) ON DELETE CASCADE,
    actor       text NOT NULL,
    operation   text NOT NULL,
    key         text NOT NULL CHECK (length(key) BETWEEN 1 AND 255),
    -- SHA-256 of all that was asked; null while a body flows in.
    request     bytea CHECK (length(request) = 32),
    -- The result of the transaction that had the effect, written in that transaction.
    effect      bytea,
    -- What was answered in the end.
    answer      bytea,
    -- Until when the node that executes it is believed to be at it; null once there is an answer.
    lease_until timestamptz,
    created_at  timestamptz NOT NULL,
    UNIQUE (tenant_id, actor, operation, key),
    CHECK ((answer IS NULL) <> (lease_until IS NULL))
);
CREATE INDEX idempotency_created ON idempotency (created_at);

GRANT SELECT, INSERT, UPDATE, DELETE ON tenant_limits, idempotency TO sextant_app, sextant_platform;

ALTER TABLE tenant_limits ENABLE ROW LEVEL SECURITY;
ALTER TABLE tenant_limits FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON tenant_limits TO sextant_app
    USING (tenant_id = nullif(current_setting('sextant.tenant', true), ''));
CREATE POLICY all_of_them ON tenant_limits TO sextant_platform USING (true);

ALTER TABLE idempotency ENABLE ROW LEVEL SECURITY;
ALTER TABLE idempotency FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON idempotency TO sextant_app
    USING (tenant_id = nullif(current_setting('sextant.tenant', true), ''));
CREATE POLICY all_of_them ON idempotency TO sextant_platform USING (true);
