-- Who may do what with which data. The roles that every tenant has are known to the server and have no row here.

CREATE TABLE role (
    tenant_id   text NOT NULL REFERENCES tenant (id) ON DELETE CASCADE,
    name        text NOT NULL CHECK (name ~ '^[a-z][a-z0-9_-]{0,39}$'),
    description text NOT NULL DEFAULT '',
    scopes      text[] NOT NULL,
    -- [{"resources": ["dataset/*"], "actions": ["read"]}]
    grants      jsonb NOT NULL,
    version     integer NOT NULL DEFAULT 1,
    created_at  timestamptz NOT NULL DEFAULT now(),
    updated_at  timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, name)
);

CREATE TABLE policy (
    tenant_id  text NOT NULL REFERENCES tenant (id) ON DELETE CASCADE,
    id         text NOT NULL CHECK (id ~ '^pol_[a-z0-9_]{1,40}$'),
    document   jsonb NOT NULL,
    -- Those of the document, to be found by.
    roles      text[] NOT NULL,
    -- What values are hashed with where the policy says so: never told, and the same for as long as the policy is there.
    salt       text NOT NULL DEFAULT gen_random_uuid()::text,
    version    integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id)
);

GRANT SELECT, INSERT, UPDATE, DELETE ON role, policy TO sextant_app, sextant_platform;

ALTER TABLE role ENABLE ROW LEVEL SECURITY;
ALTER TABLE role FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON role TO sextant_app USING (tenant_id = nullif(current_setting('sextant.tenant', true), ''));
CREATE POLICY all_of_them ON role TO sextant_platform USING (true);

ALTER TABLE policy ENABLE ROW LEVEL SECURITY;
ALTER TABLE policy FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON policy TO sextant_app USING (tenant_id = nullif(current_setting('sextant.tenant', true), ''));
CREATE POLICY all_of_them ON policy TO sextant_platform USING (true);

-- What is asked together with a credential that has roles. It runs as its owner, who for it may read two tables.
CREATE POLICY authority ON role FOR SELECT TO sextant_owner USING (true);
CREATE POLICY authority ON policy FOR SELECT TO sextant_owner USING (true);

CREATE FUNCTION authority(wanted_tenant text, wanted_roles text[])
    RETURNS jsonb
    LANGUAGE sql STABLE STRICT SECURITY DEFINER
    SET search_path = public, pg_temp
AS $$
    SELECT jsonb_build_object(
        'roles', (
            SELECT coalesce(jsonb_agg(jsonb_build_object(
                'name', r.name, 'scopes', to_jsonb(r.scopes), 'grants', r.grants) ORDER BY r.name), '[]'::jsonb)
            FROM role r WHERE r.tenant_id = wanted_tenant AND r.name = ANY (wanted_roles)),
        'policies', (
            SELECT coalesce(jsonb_agg(jsonb_build_object(
                'id', p.id, 'salt', p.salt, 'document', p.document) ORDER BY p.id), '[]'::jsonb)
            FROM policy p WHERE p.tenant_id = wanted_tenant AND p.roles && wanted_roles))
$$;
REVOKE ALL ON FUNCTION authority(text, text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION authority(text, text[]) TO sextant_auth;
