-- What a saved query leaves open until it is run, as JSON.

ALTER TABLE saved_query ADD COLUMN parameters text NOT NULL DEFAULT '[]';
