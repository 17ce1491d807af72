CREATE TABLE "boot_action" (
	"action_id" text PRIMARY KEY NOT NULL,
	"step_id" uuid NOT NULL,
	"name" text NOT NULL,
	"ordinal" integer NOT NULL,
	"status" text NOT NULL,
	"reported_at" timestamp(6) with time zone
);
--> statement-breakpoint
CREATE TABLE "boot_action_context" (
	"step_id" uuid PRIMARY KEY NOT NULL,
	"task_id" uuid NOT NULL,
	"node_name" text NOT NULL,
	"identity_key_hash" "bytea" NOT NULL,
	"identity_key_sealed" "bytea",
	"created_at" timestamp(6) with time zone DEFAULT clock_timestamp() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "retry_budget" (
	"key" text PRIMARY KEY NOT NULL,
	"tokens" double precision NOT NULL,
	"refilled_at" timestamp(6) with time zone DEFAULT clock_timestamp() NOT NULL
);
--> statement-breakpoint
DROP INDEX "step_observed";--> statement-breakpoint
ALTER TABLE "concurrency_group" ADD COLUMN "door_is_holding" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "lane" ADD COLUMN "paused_by" text;--> statement-breakpoint
ALTER TABLE "step" ADD COLUMN "tries_total" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "step" ADD COLUMN "tries_paid" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "step" ADD COLUMN "exhausted_budget" text;--> statement-breakpoint
ALTER TABLE "step" ADD COLUMN "last_state" text;--> statement-breakpoint
ALTER TABLE "step" ADD COLUMN "last_state_since" timestamp(6) with time zone;--> statement-breakpoint
ALTER TABLE "step" ADD COLUMN "inherited_from" uuid;--> statement-breakpoint
ALTER TABLE "task" ADD COLUMN "paused_by" text;--> statement-breakpoint
ALTER TABLE "task" ADD COLUMN "retry_scope" jsonb;--> statement-breakpoint
ALTER TABLE "task" ADD COLUMN "trace_parent" text;--> statement-breakpoint
CREATE UNIQUE INDEX "boot_action_name" ON "boot_action" USING btree ("step_id","name");--> statement-breakpoint
CREATE INDEX "boot_action_context_node" ON "boot_action_context" USING btree ("node_name","created_at");--> statement-breakpoint
CREATE INDEX "boot_action_context_task" ON "boot_action_context" USING btree ("task_id");--> statement-breakpoint
CREATE INDEX "step_observed" ON "step" USING btree ("observe_source","observe_key") WHERE status = 'waiting' and observe_source is not null;