-- The audit log of each tenant, and what keeps it exact. No reference to tenant: a log outlives whom it is about. Nothing
-- is ever changed in it; personal data alone can be deleted.

-- How far each node's journal was taken over. A journal is one data folder's; its numbers grow.
CREATE TABLE audit_journal (
    id            text PRIMARY KEY,
    next_sequence bigint NOT NULL
);

-- How far each log is. Whoever appends holds its row until then, so that leaves have their places one after the other.
CREATE TABLE audit_log (
    tenant_id text PRIMARY KEY,
    size      bigint NOT NULL,
    peaks     bytea NOT NULL -- 32 bytes for each whole subtree, the largest first
);

CREATE TABLE audit_record (
    tenant_id      text NOT NULL,
    leaf_index     bigint NOT NULL,
    leaf_hash      bytea NOT NULL,
    personal_hash  bytea NOT NULL,
    at_millis      bigint NOT NULL,
    kind           text NOT NULL,
    actor          text NOT NULL,
    operation      text NOT NULL,
    resource       text NOT NULL,
    request_id     text NOT NULL,
    trace_id       text NOT NULL,
    status         integer NOT NULL,
    code           text NOT NULL,
    requests       bigint NOT NULL,
    cost_units     bigint NOT NULL,
    events         bigint NOT NULL,
    bytes_out      bigint NOT NULL,
    elapsed_micros bigint NOT NULL,
    socket_millis  bigint NOT NULL,
    journal        text NOT NULL,
    sequence       bigint NOT NULL,
    PRIMARY KEY (tenant_id, leaf_index)
);
CREATE INDEX audit_record_at ON audit_record (tenant_id, at_millis) INCLUDE (requests);

-- The personal part of a record, which may be erased, with the salt that keeps it from being guessed afterwards.
CREATE TABLE audit_personal (
    tenant_id  text NOT NULL,
    leaf_index bigint NOT NULL,
    salt       bytea NOT NULL,
    address    text NOT NULL,
    PRIMARY KEY (tenant_id, leaf_index)
);

-- Whole subtrees of two leaves and more: of 2^level leaves, the last of which stands just before leaf_after.
CREATE TABLE audit_node (
    tenant_id  text NOT NULL,
    leaf_after bigint NOT NULL,
    level      integer NOT NULL,
    hash       bytea NOT NULL,
    PRIMARY KEY (tenant_id, leaf_after, level)
);

-- Signed once and for all. signed is a JWS that holds the rest, too.
CREATE TABLE audit_tree_head (
    tenant_id text NOT NULL,
    size      bigint NOT NULL,
    signed    text NOT NULL,
    PRIMARY KEY (tenant_id, size)
);

-- A change writes here in its own transaction that it was made; the record of its call, which comes from a journal,
-- takes the row away. Where none comes, because the node died, the row becomes a record itself, and recorded_at is set.
CREATE TABLE audit_change (
    request_id  text PRIMARY KEY,
    tenant_id   text NOT NULL,
    trace_id    text NOT NULL,
    actor       text NOT NULL,
    operation   text NOT NULL,
    at          timestamptz NOT NULL DEFAULT clock_timestamp(),
    recorded_at timestamptz
);

CREATE FUNCTION audit_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit log is only ever appended to';
END $$;
CREATE TRIGGER stays BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_record EXECUTE FUNCTION audit_stays();
CREATE TRIGGER stays BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_node EXECUTE FUNCTION audit_stays();
CREATE TRIGGER stays BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_tree_head EXECUTE FUNCTION audit_stays();
CREATE TRIGGER stays BEFORE UPDATE OR TRUNCATE ON audit_personal EXECUTE FUNCTION audit_stays();

GRANT SELECT ON audit_log, audit_record, audit_personal, audit_node, audit_tree_head TO sextant_app;
GRANT INSERT ON audit_change TO sextant_app;
GRANT SELECT ON audit_change TO sextant_app;
GRANT SELECT, INSERT ON audit_record, audit_node, audit_tree_head TO sextant_platform;
GRANT SELECT, INSERT, DELETE ON audit_personal TO sextant_platform;
GRANT SELECT, INSERT, UPDATE ON audit_journal, audit_log TO sextant_platform;
GRANT SELECT, INSERT, UPDATE, DELETE ON audit_change TO sextant_platform;

DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['audit_log', 'audit_record', 'audit_personal', 'audit_node', 'audit_tree_head',
                                'audit_change'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
        EXECUTE format('CREATE POLICY own ON %I TO sextant_app'
            || ' USING (tenant_id = nullif(current_setting(''sextant.tenant'', true), ''''))', name);
        EXECUTE format('CREATE POLICY all_of_them ON %I TO sextant_platform USING (true)', name);
    END LOOP;
END $$;
