-- Makes the roles that Sextant logs in with, and their rights on the database. Run it once, as a superuser, connected
-- to an empty database (createdb sextant):
--
--   psql -v owner_password=… -v app_password=… -v auth_password=… -v platform_password=… -d sextant -f postgres-roles.sql
--
-- Running it again changes the passwords. The embedded PostgreSQL is set up by this same file.

DO $$
DECLARE
    wanted text;
BEGIN
    FOREACH wanted IN ARRAY ARRAY['sextant_owner', 'sextant_app', 'sextant_auth', 'sextant_platform'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = wanted) THEN
            EXECUTE format('CREATE ROLE %I', wanted);
        END IF;
        EXECUTE format('ALTER ROLE %I LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS', wanted);
    END LOOP;
    EXECUTE format('ALTER DATABASE %I OWNER TO sextant_owner', current_database());
    EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO sextant_app, sextant_auth, sextant_platform', current_database());
END
$$;

ALTER ROLE sextant_owner PASSWORD :'owner_password';
ALTER ROLE sextant_app PASSWORD :'app_password';
ALTER ROLE sextant_auth PASSWORD :'auth_password';
ALTER ROLE sextant_platform PASSWORD :'platform_password';

REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO sextant_app, sextant_auth, sextant_platform;
