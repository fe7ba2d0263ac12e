-- Keys that are limited to datasets and addresses, whose texts can be replaced while they live.

ALTER TABLE api_key
    ADD COLUMN datasets        text[],
    ADD COLUMN address_ranges  text[],
    ADD COLUMN roles           text[] NOT NULL DEFAULT '{}',
    ADD COLUMN version         integer NOT NULL DEFAULT 1,
    ADD COLUMN last_used_at    timestamptz,
    ADD COLUMN revoked_because text CHECK (revoked_because IN ('requested', 'leaked'));
UPDATE api_key SET revoked_because = 'requested' WHERE revoked_at IS NOT NULL;

-- Every text that a key has or had, by the part of it that may be seen. The present one has no end.
CREATE TABLE api_key_text (
    prefix     text PRIMARY KEY,
    key_id     text NOT NULL REFERENCES api_key (id) ON DELETE CASCADE,
    tenant_id  text NOT NULL REFERENCES tenant (id) ON DELETE CASCADE,
    hash       bytea NOT NULL CHECK (length(hash) = 32),
    created_at timestamptz NOT NULL DEFAULT now(),
    ends_at    timestamptz
);
CREATE UNIQUE INDEX api_key_text_present ON api_key_text (key_id) WHERE ends_at IS NULL;
CREATE INDEX api_key_text_key ON api_key_text (key_id, created_at);
INSERT INTO api_key_text (prefix, key_id, tenant_id, hash, created_at)
SELECT prefix, id, tenant_id, hash, created_at FROM api_key;

DROP FUNCTION credential(text);
ALTER TABLE api_key DROP COLUMN hash, DROP COLUMN prefix;

GRANT SELECT, INSERT, UPDATE, DELETE ON api_key_text TO sextant_app, sextant_platform;

ALTER TABLE api_key_text ENABLE ROW LEVEL SECURITY;
ALTER TABLE api_key_text FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON api_key_text TO sextant_app
    USING (tenant_id = nullif(current_setting('sextant.tenant', true), ''));
CREATE POLICY all_of_them ON api_key_text TO sextant_platform USING (true);
CREATE POLICY credential ON api_key_text FOR SELECT TO sextant_owner USING (true);

CREATE FUNCTION credential(wanted text)
    RETURNS TABLE (key_id text, tenant_id text, tenant_status text, hash bytea, text_ends_at timestamptz,
                   scopes text[], roles text[], datasets text[], address_ranges text[],
                   expires_at timestamptz, revoked_at timestamptz)
    LANGUAGE sql STABLE STRICT SECURITY DEFINER ROWS 1
    SET search_path = public, pg_temp
AS $$
    SELECT k.id, k.tenant_id, t.status, x.hash, x.ends_at,
           k.scopes, k.roles, k.datasets, k.address_ranges, k.expires_at, k.revoked_at
    FROM api_key_text x JOIN api_key k ON k.id = x.key_id JOIN tenant t ON t.id = k.tenant_id
    WHERE x.prefix = wanted
$$;
REVOKE ALL ON FUNCTION credential(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION credential(text) TO sextant_auth;

-- What an operation's caller may touch (null: all datasets), and which dataset it is about.
ALTER TABLE operation
    ADD COLUMN datasets text[],
    ADD COLUMN dataset  text;
