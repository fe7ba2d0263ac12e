-- People: users, invitations, the programs they sign in to, and the providers that vouch for them.

CREATE TABLE app_user (
    id            text PRIMARY KEY CHECK (id LIKE 'usr\_%'),
    tenant_id     text NOT NULL REFERENCES tenant (id) ON DELETE CASCADE,
    email         text NOT NULL CHECK (email = lower(email)),
    name          text NOT NULL,
    roles         text[] NOT NULL,
    password      text, -- Argon2id, as a PHC string; null where only a provider vouches for the user
    provider      text, -- the issuer that vouches, and whom it knows the user as
    subject       text,
    status        text NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'suspended')),
    version       integer NOT NULL DEFAULT 1,
    sessions_from timestamptz NOT NULL, -- browser sessions that began before are over
    created_at    timestamptz NOT NULL DEFAULT now(),
    updated_at    timestamptz NOT NULL DEFAULT now(),
    UNIQUE (tenant_id, email),
    UNIQUE (tenant_id, id),
    CHECK ((provider IS NULL) = (subject IS NULL))
);
CREATE UNIQUE INDEX app_user_subject ON app_user (tenant_id, provider, subject) WHERE provider IS NOT NULL;

CREATE TABLE invitation (
    id          text PRIMARY KEY CHECK (id LIKE 'inv\_%'),
    tenant_id   text NOT NULL REFERENCES tenant (id) ON DELETE CASCADE,
    email       text NOT NULL CHECK (email = lower(email)),
    roles       text[] NOT NULL,
    hash        bytea NOT NULL UNIQUE CHECK (length(hash) = 32),
    invited_by  text NOT NULL,
    expires_at  timestamptz NOT NULL,
    accepted_at timestamptz,
    created_at  timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX invitation_tenant ON invitation (tenant_id, email);

CREATE TABLE oauth_client (
    id            text PRIMARY KEY CHECK (id LIKE 'ocl\_%'),
    tenant_id     text NOT NULL REFERENCES tenant (id) ON DELETE CASCADE,
    name          text NOT NULL,
    redirect_uris text[] NOT NULL,
    scopes        text[] NOT NULL,
    hash          bytea CHECK (length(hash) = 32), -- of the secret; null for public clients
    created_at    timestamptz NOT NULL DEFAULT now(),
    UNIQUE (tenant_id, id)
);
CREATE INDEX oauth_client_tenant ON oauth_client (tenant_id, id);

-- That a user let a client act: first as a code, then as a family of refresh tokens.
CREATE TABLE sign_in (
    id              text PRIMARY KEY CHECK (id LIKE 'sgn\_%'),
    tenant_id       text NOT NULL REFERENCES tenant (id) ON DELETE CASCADE,
    user_id         text NOT NULL,
    client_id       text NOT NULL,
    scopes          text[] NOT NULL,
    redirect_uri    text NOT NULL,
    code_challenge  text NOT NULL,
    code_hash       bytea NOT NULL UNIQUE CHECK (length(code_hash) = 32),
    code_expires_at timestamptz NOT NULL,
    code_used_at    timestamptz,
    created_at      timestamptz NOT NULL,
    expires_at      timestamptz NOT NULL,
    revoked_at      timestamptz,
    UNIQUE (tenant_id, id),
    FOREIGN KEY (tenant_id, user_id) REFERENCES app_user (tenant_id, id) ON DELETE CASCADE,
    FOREIGN KEY (tenant_id, client_id) REFERENCES oauth_client (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX sign_in_user ON sign_in (tenant_id, user_id);
CREATE INDEX sign_in_client ON sign_in (tenant_id, client_id);
CREATE INDEX sign_in_end ON sign_in (expires_at);

CREATE TABLE refresh_token (
    hash       bytea PRIMARY KEY CHECK (length(hash) = 32),
    tenant_id  text NOT NULL REFERENCES tenant (id) ON DELETE CASCADE,
    sign_in_id text NOT NULL,
    expires_at timestamptz NOT NULL,
    used_at    timestamptz,
    FOREIGN KEY (tenant_id, sign_in_id) REFERENCES sign_in (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX refresh_token_sign_in ON refresh_token (tenant_id, sign_in_id);

CREATE TABLE identity_provider (
    tenant_id       text NOT NULL REFERENCES tenant (id) ON DELETE CASCADE,
    id              text NOT NULL,
    name            text NOT NULL,
    issuer          text NOT NULL,
    client_id       text NOT NULL,
    sealed_secret   text NOT NULL,
    roles_claim     text NOT NULL,
    role_mapping    jsonb NOT NULL,
    default_roles   text[] NOT NULL,
    allowed_domains text[] NOT NULL,
    version         integer NOT NULL DEFAULT 1,
    created_at      timestamptz NOT NULL DEFAULT now(),
    updated_at      timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id)
);

GRANT SELECT, INSERT, UPDATE, DELETE
    ON app_user, invitation, oauth_client, sign_in, refresh_token, identity_provider TO sextant_app, sextant_platform;

DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['app_user', 'invitation', 'oauth_client', 'sign_in', 'refresh_token', 'identity_provider']
    LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
        EXECUTE format('CREATE POLICY own ON %I TO sextant_app '
            'USING (tenant_id = nullif(current_setting(''sextant.tenant'', true), ''''))', name);
        EXECUTE format('CREATE POLICY all_of_them ON %I TO sextant_platform USING (true)', name);
    END LOOP;
END
$$;

-- Two more questions that may be asked before anybody is known; each has one row for an answer, or none.
CREATE POLICY credential ON app_user FOR SELECT TO sextant_owner USING (true);
CREATE POLICY credential ON oauth_client FOR SELECT TO sextant_owner USING (true);
CREATE POLICY credential ON sign_in FOR SELECT TO sextant_owner USING (true);

CREATE FUNCTION sign_in_credential(wanted text)
    RETURNS TABLE (sign_in_id text, tenant_id text, tenant_status text, user_id text, user_status text, client_id text,
                   scopes text[], roles text[], expires_at timestamptz, revoked_at timestamptz)
    LANGUAGE sql STABLE STRICT SECURITY DEFINER ROWS 1
    SET search_path = public, pg_temp
AS $$
    SELECT s.id, s.tenant_id, t.status, u.id, u.status, s.client_id, s.scopes, u.roles, s.expires_at, s.revoked_at
    FROM sign_in s
    JOIN app_user u ON u.tenant_id = s.tenant_id AND u.id = s.user_id
    JOIN tenant t ON t.id = s.tenant_id
    WHERE s.id = wanted
$$;

CREATE FUNCTION client_credential(wanted text)
    RETURNS TABLE (client_id text, tenant_id text, tenant_status text, name text, redirect_uris text[], scopes text[],
                   hash bytea)
    LANGUAGE sql STABLE STRICT SECURITY DEFINER ROWS 1
    SET search_path = public, pg_temp
AS $$
    SELECT c.id, c.tenant_id, t.status, c.name, c.redirect_uris, c.scopes, c.hash
    FROM oauth_client c JOIN tenant t ON t.id = c.tenant_id
    WHERE c.id = wanted
$$;

REVOKE ALL ON FUNCTION sign_in_credential(text), client_credential(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION sign_in_credential(text), client_credential(text) TO sextant_auth;
