-- The nodes of the cluster, as each of them says that it is there. No rows of tenants.
CREATE TABLE node (
    name       text PRIMARY KEY CHECK (length(name) BETWEEN 1 AND 63),
    -- Of this start of its process: whoever finds another one here has been replaced.
    life       text NOT NULL UNIQUE CHECK (life LIKE 'nod\_%'),
    roles      text[] NOT NULL,
    version    text NOT NULL,
    -- Where it listens for callers; empty until it does.
    address    text NOT NULL,
    started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    seen_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
    -- Whether it should get no more requests and hold no leases.
    draining   boolean NOT NULL DEFAULT false
);

-- What one node at a time does, for all of them.
CREATE TABLE node_lease (
    name       text PRIMARY KEY,
    -- A life of a node.
    owner      text NOT NULL,
    -- Grows with each owner: each act checks it in its transaction.
    epoch      bigint NOT NULL CHECK (epoch > 0),
    expires_at timestamptz NOT NULL
);

GRANT SELECT, INSERT, UPDATE, DELETE ON node, node_lease TO sextant_platform;
