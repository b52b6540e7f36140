-- Everything that Tocsin keeps: what happened (events), which inputs were handled (inbox), what is to be done (timers), and rows
-- for lists that can be rebuilt from the events.
CREATE TABLE `events` (
	`stream` text NOT NULL,
	`seq` integer NOT NULL,
	`at` integer NOT NULL,
	`type` text NOT NULL,
	`actor` text NOT NULL,
	`cause` text NOT NULL,
	`data` text NOT NULL,
	PRIMARY KEY(`stream`, `seq`)
);
--> statement-breakpoint
CREATE TABLE `groups` (
	`key` text PRIMARY KEY NOT NULL,
	`incident` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `groups_incident` ON `groups` (`incident`);--> statement-breakpoint
CREATE TABLE `inbox` (
	`cause` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`stream` text NOT NULL,
	`answer` text
);
--> statement-breakpoint
CREATE TABLE `incidents` (
	`id` text PRIMARY KEY NOT NULL,
	`number` integer NOT NULL,
	`open` integer NOT NULL,
	`owed` integer NOT NULL,
	`summary` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `incidents_open` ON `incidents` (`open`,`number`);--> statement-breakpoint
CREATE INDEX `incidents_owed` ON `incidents` (`owed`);--> statement-breakpoint
CREATE TABLE `meta` (
	`name` text PRIMARY KEY NOT NULL,
	`value` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `rooms` (
	`room` text PRIMARY KEY NOT NULL,
	`incident` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `timers` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`key` text NOT NULL,
	`kind` text NOT NULL,
	`stream` text NOT NULL,
	`due_at` integer NOT NULL,
	`data` text NOT NULL,
	`rank` integer NOT NULL,
	`lane` text,
	`head` integer NOT NULL,
	`revision` integer NOT NULL,
	`generation` integer NOT NULL,
	`attempts` integer NOT NULL,
	`claimed_until` integer,
	`first_attempt_at` integer,
	`last_attempt_at` integer,
	`doubt` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `timers_key` ON `timers` (`key`);--> statement-breakpoint
CREATE INDEX `timers_due` ON `timers` (`head`,`rank`,`due_at`);--> statement-breakpoint
CREATE INDEX `timers_lane` ON `timers` (`lane`,`seq`);--> statement-breakpoint
CREATE INDEX `timers_stream` ON `timers` (`stream`,`kind`);