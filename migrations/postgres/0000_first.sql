-- Everything that Tocsin keeps: what happened (events), which inputs were handled (inbox), what is to be done (timers), and rows
-- for lists that can be rebuilt from the events. The same tables as on SQLite.
CREATE SEQUENCE "public"."tickets" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1;--> statement-breakpoint
CREATE TABLE "events" (
	"stream" text NOT NULL,
	"seq" bigint NOT NULL,
	"at" bigint NOT NULL,
	"type" text NOT NULL,
	"actor" text NOT NULL,
	"cause" text NOT NULL,
	"data" text NOT NULL,
	CONSTRAINT "events_stream_seq_pk" PRIMARY KEY("stream","seq")
);
--> statement-breakpoint
CREATE TABLE "groups" (
	"key" text PRIMARY KEY NOT NULL,
	"incident" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "inbox" (
	"cause" text PRIMARY KEY NOT NULL,
	"at" bigint NOT NULL,
	"stream" text NOT NULL,
	"answer" text
);
--> statement-breakpoint
CREATE TABLE "incidents" (
	"id" text PRIMARY KEY NOT NULL,
	"number" bigint NOT NULL,
	"open" smallint NOT NULL,
	"owed" smallint NOT NULL,
	"summary" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "lanes" (
	"lane" text PRIMARY KEY NOT NULL,
	"free_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "meta" (
	"name" text PRIMARY KEY NOT NULL,
	"value" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "rooms" (
	"room" text PRIMARY KEY NOT NULL,
	"incident" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "timers" (
	"seq" bigserial PRIMARY KEY NOT NULL,
	"key" text NOT NULL,
	"kind" text NOT NULL,
	"stream" text NOT NULL,
	"due_at" bigint NOT NULL,
	"data" text NOT NULL,
	"rank" bigint NOT NULL,
	"lane" text,
	"head" bigint NOT NULL,
	"revision" bigint NOT NULL,
	"generation" bigint NOT NULL,
	"attempts" bigint NOT NULL,
	"claimed_until" bigint,
	"first_attempt_at" bigint,
	"last_attempt_at" bigint,
	"doubt" smallint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "tokens" (
	"hash" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE INDEX "groups_incident" ON "groups" USING btree ("incident");--> statement-breakpoint
CREATE INDEX "incidents_open" ON "incidents" USING btree ("open","number");--> statement-breakpoint
CREATE INDEX "incidents_owed" ON "incidents" USING btree ("owed");--> statement-breakpoint
CREATE UNIQUE INDEX "timers_key" ON "timers" USING btree ("key");--> statement-breakpoint
CREATE INDEX "timers_due" ON "timers" USING btree ("head","rank","due_at");--> statement-breakpoint
CREATE INDEX "timers_lane" ON "timers" USING btree ("lane","seq");--> statement-breakpoint
CREATE INDEX "timers_stream" ON "timers" USING btree ("stream","kind");--> statement-breakpoint
CREATE INDEX "timers_claimed" ON "timers" USING btree ("claimed_until") WHERE claimed_until is not null;