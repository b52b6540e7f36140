-- A lane rests after a delivery, also when nothing waits in it at that moment: until when is kept here. And what is being sent is
-- found by an index of its own, so that neither a start nor the next wake-up looks at what waits.
CREATE TABLE `lanes` (
	`lane` text PRIMARY KEY NOT NULL,
	`free_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `timers_claimed` ON `timers` (`claimed_until`) WHERE claimed_until is not null;
