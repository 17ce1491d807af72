CREATE TABLE "build_data" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"node_name" text NOT NULL,
	"task_id" uuid NOT NULL,
	"step_id" uuid NOT NULL,
	"generator" text NOT NULL,
	"data_format" text NOT NULL,
	"data_element" text NOT NULL,
	"collected_at" timestamp(6) with time zone DEFAULT clock_timestamp() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "concurrency_group" (
	"key" text PRIMARY KEY NOT NULL,
	"scope" text NOT NULL,
	"limit" integer NOT NULL,
	"held" integer DEFAULT 0 NOT NULL,
	"spacing_milliseconds" integer DEFAULT 0 NOT NULL,
	"ramp_per_minute" integer DEFAULT 0 NOT NULL,
	"ramp_tokens" double precision DEFAULT 0 NOT NULL,
	"last_admitted_at" timestamp(6) with time zone,
	"closed_until" timestamp(6) with time zone,
	"door_since" timestamp(6) with time zone,
	"door_seen_at" timestamp(6) with time zone
);
--> statement-breakpoint
CREATE TABLE "holder" (
	"id" uuid PRIMARY KEY NOT NULL,
	"process" text NOT NULL,
	"host" text NOT NULL,
	"pid" integer NOT NULL,
	"slots" integer DEFAULT 0 NOT NULL,
	"is_draining" boolean DEFAULT false NOT NULL,
	"started_at" timestamp(6) with time zone DEFAULT clock_timestamp() NOT NULL,
	"expires_at" timestamp(6) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "intent" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"step_id" uuid NOT NULL,
	"fence" integer NOT NULL,
	"effect" jsonb NOT NULL,
	"written_at" timestamp(6) with time zone DEFAULT clock_timestamp() NOT NULL,
	"settled_at" timestamp(6) with time zone,
	"found" text
);
--> statement-breakpoint
CREATE TABLE "lane" (
	"name" text PRIMARY KEY NOT NULL,
	"max_queued" integer DEFAULT 1000 NOT NULL,
	"paused_at" timestamp(6) with time zone,
	"created_at" timestamp(6) with time zone DEFAULT clock_timestamp() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "lease" (
	"name" text PRIMARY KEY NOT NULL,
	"holder_id" uuid,
	"fence" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "message" (
	"sequence" bigserial PRIMARY KEY NOT NULL,
	"task_id" uuid NOT NULL,
	"step_id" uuid,
	"text" text NOT NULL,
	"is_error" boolean NOT NULL,
	"context_type" text NOT NULL,
	"context" text NOT NULL,
	"extra" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"at" timestamp(6) with time zone DEFAULT clock_timestamp() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "place" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"group_key" text NOT NULL,
	"scope" text NOT NULL,
	"task_id" uuid NOT NULL,
	"step_id" uuid,
	"node_name" text,
	"weight" integer DEFAULT 1 NOT NULL,
	"since" timestamp(6) with time zone DEFAULT clock_timestamp() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "run" (
	"lane" text PRIMARY KEY NOT NULL,
	"task_id" uuid,
	"epoch" bigint NOT NULL,
	"holder_id" uuid,
	"since" timestamp(6) with time zone DEFAULT clock_timestamp() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "secret" (
	"id" uuid PRIMARY KEY NOT NULL,
	"snapshot_hash" text NOT NULL,
	"node_name" text NOT NULL,
	"path" text NOT NULL,
	"sealed" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "snapshot" (
	"hash" text PRIMARY KEY NOT NULL,
	"format" integer NOT NULL,
	"is_valid" boolean NOT NULL,
	"findings" jsonb NOT NULL,
	"node_count" integer NOT NULL,
	"created_at" timestamp(6) with time zone DEFAULT clock_timestamp() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "snapshot_node" (
	"hash" text NOT NULL,
	"name" text NOT NULL,
	"ordinal" integer NOT NULL,
	"document" jsonb NOT NULL,
	CONSTRAINT "snapshot_node_hash_name_pk" PRIMARY KEY("hash","name")
);
--> statement-breakpoint
CREATE TABLE "snapshot_site" (
	"hash" text PRIMARY KEY NOT NULL,
	"document" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "stage" (
	"id" uuid PRIMARY KEY NOT NULL,
	"task_id" uuid NOT NULL,
	"ordinal" integer NOT NULL,
	"verb" text NOT NULL,
	"first_admitted_at" timestamp(6) with time zone,
	"updated_at" timestamp(6) with time zone,
	"total" integer DEFAULT 0 NOT NULL,
	"admitted" integer DEFAULT 0 NOT NULL,
	"succeeded" integer DEFAULT 0 NOT NULL,
	"absent" integer DEFAULT 0 NOT NULL,
	"failed" integer DEFAULT 0 NOT NULL,
	"skipped" integer DEFAULT 0 NOT NULL,
	"cancelled" integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "step" (
	"id" uuid PRIMARY KEY NOT NULL,
	"task_id" uuid NOT NULL,
	"stage_id" uuid NOT NULL,
	"key" integer NOT NULL,
	"verb" text NOT NULL,
	"node_name" text,
	"needs" jsonb NOT NULL,
	"join" text NOT NULL,
	"attempt" integer NOT NULL,
	"max_attempts" integer NOT NULL,
	"retry_from" text,
	"deadline_seconds" integer NOT NULL,
	"status" text DEFAULT 'pending' NOT NULL,
	"end" text,
	"fence" integer DEFAULT 0 NOT NULL,
	"holder_id" uuid,
	"ring" integer DEFAULT 0 NOT NULL,
	"rang_at" timestamp(6) with time zone,
	"moved" boolean DEFAULT false NOT NULL,
	"ready_since" timestamp(6) with time zone,
	"first_admitted_at" timestamp(6) with time zone,
	"first_claimed_at" timestamp(6) with time zone,
	"claimed_at" timestamp(6) with time zone,
	"deadline_at" timestamp(6) with time zone,
	"not_before" timestamp(6) with time zone,
	"observe_source" text,
	"observe_key" text,
	"observe_seen" text,
	"progress" jsonb,
	"stopping" boolean DEFAULT false NOT NULL,
	"tries" integer DEFAULT 0 NOT NULL,
	"lost_count" integer DEFAULT 0 NOT NULL,
	"error_class" text,
	"reason" text,
	"focus" jsonb,
	"has_detail_logs" boolean DEFAULT false NOT NULL,
	"updated_at" timestamp(6) with time zone,
	"ended_at" timestamp(6) with time zone
);
--> statement-breakpoint
CREATE TABLE "task" (
	"id" uuid PRIMARY KEY NOT NULL,
	"position" bigserial NOT NULL,
	"action" text NOT NULL,
	"design_ref" text NOT NULL,
	"design_ref_sealed" "bytea",
	"node_filter" jsonb,
	"lane" text NOT NULL,
	"status" text NOT NULL,
	"result_status" text DEFAULT 'incomplete' NOT NULL,
	"result_message" text,
	"result_reason" text,
	"successes" text[] DEFAULT '{}' NOT NULL,
	"failures" text[] DEFAULT '{}' NOT NULL,
	"snapshot_hash" text,
	"plan_format" integer,
	"steps_total" integer DEFAULT 0 NOT NULL,
	"steps_ended" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp(6) with time zone DEFAULT clock_timestamp() NOT NULL,
	"created_by" text NOT NULL,
	"request_context" jsonb NOT NULL,
	"updated_at" timestamp(6) with time zone,
	"started_at" timestamp(6) with time zone,
	"ended_at" timestamp(6) with time zone,
	"paused_at" timestamp(6) with time zone,
	"terminate_requested_at" timestamp(6) with time zone,
	"terminated_by" text,
	"retry_of" uuid,
	"idempotency_key" text,
	"idempotency_hash" text,
	"ring" integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE INDEX "build_data_node" ON "build_data" USING btree ("node_name","generator","collected_at");--> statement-breakpoint
CREATE INDEX "build_data_step" ON "build_data" USING btree ("step_id");--> statement-breakpoint
CREATE INDEX "build_data_task" ON "build_data" USING btree ("task_id");--> statement-breakpoint
CREATE INDEX "intent_step" ON "intent" USING btree ("step_id");--> statement-breakpoint
CREATE INDEX "intent_open" ON "intent" USING btree ("step_id") WHERE settled_at is null;--> statement-breakpoint
CREATE INDEX "message_task" ON "message" USING btree ("task_id","sequence");--> statement-breakpoint
CREATE INDEX "message_step" ON "message" USING btree ("step_id","sequence");--> statement-breakpoint
CREATE INDEX "place_task" ON "place" USING btree ("task_id");--> statement-breakpoint
CREATE INDEX "place_step" ON "place" USING btree ("step_id");--> statement-breakpoint
CREATE INDEX "place_group" ON "place" USING btree ("group_key");--> statement-breakpoint
CREATE UNIQUE INDEX "run_task" ON "run" USING btree ("task_id");--> statement-breakpoint
CREATE UNIQUE INDEX "secret_place" ON "secret" USING btree ("snapshot_hash","node_name","path");--> statement-breakpoint
CREATE UNIQUE INDEX "stage_verb" ON "stage" USING btree ("task_id","verb");--> statement-breakpoint
CREATE UNIQUE INDEX "step_key" ON "step" USING btree ("task_id","key");--> statement-breakpoint
CREATE INDEX "step_stage" ON "step" USING btree ("stage_id");--> statement-breakpoint
CREATE INDEX "step_moved" ON "step" USING btree ("task_id") WHERE moved;--> statement-breakpoint
CREATE INDEX "step_running" ON "step" USING btree ("holder_id") WHERE status = 'running';--> statement-breakpoint
CREATE INDEX "step_admitted" ON "step" USING btree ("rang_at") WHERE status = 'admitted';--> statement-breakpoint
CREATE INDEX "step_observed" ON "step" USING btree ("observe_source") WHERE status = 'waiting' and observe_source is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "task_one_running_per_lane" ON "task" USING btree ("lane") WHERE status in ('running', 'terminating');--> statement-breakpoint
CREATE INDEX "task_queued" ON "task" USING btree ("lane","position") WHERE status = 'queued';--> statement-breakpoint
CREATE UNIQUE INDEX "task_idempotency_key" ON "task" USING btree ("idempotency_key");--> statement-breakpoint
CREATE INDEX "task_created" ON "task" USING btree ("created_at");