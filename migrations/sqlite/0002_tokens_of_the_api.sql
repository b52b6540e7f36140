-- Bearer tokens of the API, by their hashes: what is here can open nothing by itself.
CREATE TABLE `tokens` (
	`hash` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`created_at` integer NOT NULL
);
