import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import type { CompiledNode, CompiledSite } from '../../design/compiled-design.js';
import type { Finding } from '../../design/finding.js';
import type { Database, Transaction } from '../open-database.js';
import { rows } from '../rows.js';
import { json, jsonb } from '../jsonb.js';

export interface NewSnapshot {
  readonly hash: string;
  readonly format: number;
  readonly isValid: boolean;
  readonly findings: readonly Finding[];
  /** Null when nothing could be compiled. */
  readonly site: CompiledSite | null;
  readonly nodes: readonly CompiledNode[];
  readonly secrets: readonly SealedSecret[];
}

export interface SealedSecret {
  /** Null for the site. */
  readonly nodeName: string | null;
  readonly path: string;
  readonly sealed: Buffer;
}

const nodesPerInsert = 1000;

/** Stores a snapshot by parts. Equal content is stored once, so that it may be repeated and raced. */
export async function storeSnapshot(db: Database, snapshot: NewSnapshot): Promise<void> {
  await db.transaction(async (tx) => {
    const stored = await rows(
      tx,
      sql`insert into snapshot (hash, format, is_valid, findings, node_count)
        values (${snapshot.hash}, ${snapshot.format}, ${snapshot.isValid}, ${jsonb(snapshot.findings)}, ${snapshot.nodes.length})
        on conflict (hash) do nothing returning hash`,
    );
    if (stored.length === 0) return;
    if (snapshot.site) {
      await tx.execute(
        sql`insert into snapshot_site (hash, document) values (${snapshot.hash}, ${jsonb(snapshot.site)})`,
      );
    }
    for (let from = 0; from < snapshot.nodes.length; from += nodesPerInsert) {
      const batch = snapshot.nodes.slice(from, from + nodesPerInsert);
      await tx.execute(sql`
        insert into snapshot_node (hash, name, ordinal, document)
        select ${snapshot.hash}, n.document->>'name', ${from} + n.position::int, n.document
        from jsonb_array_elements(${jsonb(batch)}) with ordinality as n(document, position)`);
    }
    if (snapshot.secrets.length > 0) await storeSecrets(tx, snapshot);
  });
}

async function storeSecrets(tx: Transaction, { hash, secrets }: NewSnapshot): Promise<void> {
  const sealed = secrets.map(({ nodeName, path, sealed }) => {
    return { id: randomUUID(), nodeName: nodeName ?? '', path, base64: sealed.toString('base64') };
  });
  await tx.execute(sql`
    insert into secret (id, snapshot_hash, node_name, path, sealed)
    select s.id, ${hash}, s."nodeName", s.path, decode(s.base64, 'base64')
    from json_to_recordset(${json(sealed)}) as s(id uuid, "nodeName" text, path text, base64 text)`);
}

export interface SnapshotSummary {
  readonly hash: string;
  readonly format: number;
  readonly isValid: boolean;
  readonly findings: readonly Finding[];
}

export async function readSnapshot(db: Database, hash: string): Promise<SnapshotSummary | null> {
  const found = await rows<SnapshotSummary>(
    db,
    sql`select hash, format, is_valid as "isValid", findings from snapshot where hash = ${hash}`,
  );
  return found[0] ?? null;
}

export async function readSite(db: Database, hash: string): Promise<CompiledSite | null> {
  const found = await rows<{ document: CompiledSite }>(
    db,
    sql`select document from snapshot_site where hash = ${hash}`,
  );
  return found[0]?.document ?? null;
}

export async function readNodes(db: Database, hash: string): Promise<readonly CompiledNode[]> {
  const found = await rows<{ document: CompiledNode }>(
    db,
    sql`select document from snapshot_node where hash = ${hash} order by ordinal`,
  );
  return found.map((row) => row.document);
}

/** A node of a snapshot; null: the site. */
export interface NodePlace {
  readonly hash: string;
  readonly nodeName: string | null;
}

/** The design's part of what a step needs. It never changes. */
export interface NodeMaterial {
  readonly node: CompiledNode | null;
  /** Opened only for a call that needs them. */
  readonly sealedSecrets: readonly { readonly path: string; readonly base64: string }[];
}

/** @returns for each place, in their order */
export async function readNodeMaterial(db: Database, places: readonly NodePlace[]): Promise<readonly NodeMaterial[]> {
  return await rows<NodeMaterial>(
    db,
    sql`
    select n.document as node, (
        select coalesce(json_agg(json_build_object('path', x.path, 'base64', encode(x.sealed, 'base64'))), '[]')
        from secret x where x.snapshot_hash = w.hash and x.node_name = coalesce(w.name, '')) as "sealedSecrets"
    from unnest(${sql.param(places.map(({ hash }) => hash))}::text[], ${sql.param(places.map(({ nodeName }) => nodeName))}::text[])
      with ordinality as w(hash, name, at)
    left join snapshot_node n on n.hash = w.hash and n.name = w.name
    order by w.at`,
  );
}

/** The newest inventory that a node reported under this generator. */
export async function readNewestBuildData(db: Database, nodeName: string, generator: string): Promise<string | null> {
  const found = await rows<{ element: string }>(
    db,
    sql`select data_element as element from build_data where node_name = ${nodeName} and generator = ${generator}
      order by collected_at desc, id desc limit 1`,
  );
  return found[0]?.element ?? null;
}

/** What planning and filters need of a node, without its whole document. */
export interface NodeFacts {
  readonly name: string;
  readonly rack: string | null;
  readonly rackLabels: Readonly<Record<string, string>>;
  readonly tags: readonly string[];
  readonly ownerData: Readonly<Record<string, string>>;
  readonly oobType: string | null;
  readonly bmcAddress: string | null;
  readonly bmcPort: number | null;
  readonly hasBootActions: boolean;
}

/** Of all nodes, or of those with these names, in design order. Each document is unpacked once. */
export async function readNodeFacts(
  db: Database | Transaction,
  hash: string,
  names: readonly string[] | null = null,
): Promise<readonly NodeFacts[]> {
  const isWanted = names === null ? sql`` : sql`and n.name = any(${sql.param([...names])}::text[])`;
  return await rows<NodeFacts>(
    db,
    sql`select f.name, f.rack, f."rackLabels", f.tags, f."ownerData", f.oob->>'type' as "oobType",
      f.oob->>'address' as "bmcAddress", (f.oob->>'port')::int as "bmcPort",
      jsonb_array_length(f."bootActions") > 0 as "hasBootActions"
    from snapshot_node n, jsonb_to_record(n.document) as f(
      name text, rack text, "rackLabels" jsonb, tags jsonb, "ownerData" jsonb, oob jsonb, "bootActions" jsonb)
    where n.hash = ${hash} ${isWanted} order by n.ordinal`,
  );
}
