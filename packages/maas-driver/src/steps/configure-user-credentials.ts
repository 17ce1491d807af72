import type { Focus, StepOutcome, UserCredentialsInput } from '@drydock/model';
import { oneLine, planSshKeys } from '../diff/plan-ssh-keys.js';
import { isMaasError } from '../http/maas-error.js';
import { readList } from '../region.js';
import { listOf } from '../resources/site-documents.js';
import { done, failed, notesOf, type StepCall } from './step-call.js';

const path = 'account/prefs/sshkeys/';
const shownCharacters = 16;

/** Gives the API user the site's SSH keys; MAAS installs them on every machine that it deploys. */
export async function configureUserCredentials(input: UserCredentialsInput, call: StepCall): Promise<StepOutcome> {
  if (input.authorizedKeys.length === 0) return done(call, 'the site has no authorized keys');
  const added = planSshKeys(input.authorizedKeys, await keysFound(call));
  const focus = new Map<string, Focus>(
    input.authorizedKeys.map((key) => [shown(key), { name: shown(key), isOk: true }]),
  );
  if (added.length === 0)
    return { ...done(call, 'SSH keys are already configured'), focus: [...focus.values()] } as StepOutcome;
  const refused: string[] = [];
  for (const key of added) await addKey(call, key, refused);
  const missing = planSshKeys(added, await keysFound(call));
  for (const key of missing) focus.set(shown(key), { name: shown(key), isOk: false });
  const summary = { notes: notesOf(call), focus: [...focus.values()] };
  if (missing.length === 0) return { kind: 'done', ...summary };
  const reason = `MAAS does not hold ${missing.length} of the site's SSH keys: ${refused.join('; ') || missing.map(shown).join(', ')}; correct them in the design`;
  return { ...failed(call, refused.length > 0 ? 'invalid_design' : 'not_verified', reason), ...summary };
}

async function addKey(call: StepCall, key: string, refused: string[]): Promise<void> {
  try {
    await call.region.client.write({ method: 'POST', path, fields: { key } }, call.context.signal);
    call.notes.info(`SSH key ${shown(key)} is added`);
  } catch (error) {
    // The others are added all the same.
    if (!isMaasError(error, 'validation')) throw error;
    call.notes.error(`MAAS refuses SSH key ${shown(key)}: ${error.facts.text}`);
    refused.push(`${shown(key)}: ${error.facts.text}`);
  }
}

async function keysFound(call: StepCall): Promise<readonly string[]> {
  const keys = await readList(call.region.client, path, listOf.sshKeys, call.context.signal);
  return keys.map(({ key }) => key);
}

function shown(key: string): string {
  return `${oneLine(key).slice(0, shownCharacters)}…`;
}
