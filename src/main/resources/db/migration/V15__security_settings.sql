-- What a tenant wants beyond TLS: whose pages may read its answers, what is signed and encrypted.
CREATE TABLE tenant_security (
    tenant_id  text PRIMARY KEY REFERENCES tenant (id) ON DELETE CASCADE,
    document   jsonb NOT NULL CHECK (length(document::text) <= 262144),
    version    integer NOT NULL DEFAULT 1,
    updated_at timestamptz NOT NULL DEFAULT now()
);

-- Keys that requests may be encrypted for; sealed holds an encrypted JWK.
CREATE TABLE message_key (
    kid        text PRIMARY KEY,
    sealed     text NOT NULL,
    created_at timestamptz NOT NULL
);

GRANT SELECT, INSERT, UPDATE, DELETE ON tenant_security TO sextant_app;
GRANT SELECT ON tenant_security TO sextant_platform;
GRANT SELECT, INSERT, DELETE ON message_key TO sextant_platform;

ALTER TABLE tenant_security ENABLE ROW LEVEL SECURITY;
ALTER TABLE tenant_security FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON tenant_security TO sextant_app
    USING (tenant_id = nullif(current_setting('sextant.tenant', true), ''));
CREATE POLICY all_of_them ON tenant_security FOR SELECT TO sextant_platform USING (true);
