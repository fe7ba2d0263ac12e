-- Backups run as operations, too; and an operation may tell how far it is.
ALTER TABLE operation DROP CONSTRAINT operation_kind_check;
ALTER TABLE operation ADD CONSTRAINT operation_kind_check CHECK (kind IN ('query', 'scale', 'backup'));
ALTER TABLE operation ADD COLUMN progress double precision CHECK (progress BETWEEN 0 AND 1);
