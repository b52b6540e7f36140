-- Events are the truth and are only ever added to: no program, and no hand at the database's prompt, changes the past.
CREATE FUNCTION events_are_kept() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'events are never changed or deleted'; END $$;
--> statement-breakpoint
CREATE TRIGGER events_are_kept BEFORE UPDATE OR DELETE ON "events" FOR EACH ROW EXECUTE FUNCTION events_are_kept();
