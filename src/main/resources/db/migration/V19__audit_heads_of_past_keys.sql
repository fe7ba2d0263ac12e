-- What was signed stays checkable when its key is out of use: a head is signed again by another key, and it is known since
-- when a key is not to be trusted any more.

-- Set where the key may be in other hands. Of a key that is retired, sealed holds the public half alone.
ALTER TABLE signing_key ADD COLUMN withdrawn_at timestamptz;

-- The same size may be signed by several keys. The key is told by the head of the JWS; nothing is believed because of it.
ALTER TABLE audit_tree_head ADD COLUMN kid text NOT NULL DEFAULT '';
ALTER TABLE audit_tree_head ALTER COLUMN kid TYPE text USING coalesce(
    convert_from(
        decode(
            rpad(
                translate(split_part(signed, '.', 1), '-_', '+/'),
                (length(split_part(signed, '.', 1)) + 3) / 4 * 4,
                '='),
            'base64'),
        'UTF8')::jsonb ->> 'kid',
    '');
ALTER TABLE audit_tree_head DROP CONSTRAINT audit_tree_head_pkey;
ALTER TABLE audit_tree_head ADD PRIMARY KEY (tenant_id, size, kid);
