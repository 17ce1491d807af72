import { sql } from 'drizzle-orm';
import { boolean, integer, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import type { CompiledNode, CompiledSite } from '../../design/compiled-design.js';
import type { Finding } from '../../design/finding.js';
import { bytes, moment } from './columns.js';

/** What a design was when a task began. Equal content is stored once. */
export const snapshot = pgTable('snapshot', {
  hash: text('hash').primaryKey(),
  format: integer('format').notNull(),
  isValid: boolean('is_valid').notNull(),
  findings: jsonb('findings').$type<readonly Finding[]>().notNull(),
  nodeCount: integer('node_count').notNull(),
  createdAt: moment('created_at')
    .notNull()
    .default(sql`clock_timestamp()`),
});

export const snapshotSite = pgTable('snapshot_site', {
  hash: text('hash').primaryKey(),
  document: jsonb('document').$type<CompiledSite>().notNull(),
});

export const snapshotNode = pgTable(
  'snapshot_node',
  {
    hash: text('hash').notNull(),
    name: text('name').notNull(),
    ordinal: integer('ordinal').notNull(),
    document: jsonb('document').$type<CompiledNode>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.hash, table.name] })],
);

/** A credential cut out of a snapshot, sealed with AES-256-GCM. */
export const secret = pgTable(
  'secret',
  {
    id: uuid('id').primaryKey(),
    snapshotHash: text('snapshot_hash').notNull(),
    /** Empty for the site. */
    nodeName: text('node_name').notNull(),
    path: text('path').notNull(),
    /** 12 bytes nonce, 16 bytes tag, ciphertext. */
    sealed: bytes('sealed').notNull(),
  },
  (table) => [uniqueIndex('secret_place').on(table.snapshotHash, table.nodeName, table.path)],
);
