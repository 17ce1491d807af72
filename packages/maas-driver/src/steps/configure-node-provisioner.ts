import type { Focus, RepositoriesInput, StepOutcome } from '@drydock/model';
import {
  planRepositories,
  type FoundRepository,
  type RepositoryChange,
  type RepositoryFields,
} from '../diff/plan-repositories.js';
import type { FormFields } from '../http/form-body.js';
import { isMaasError } from '../http/maas-error.js';
import { readList } from '../region.js';
import { listOf, type RepositoryDocument } from '../resources/site-documents.js';
import { done, failed, notesOf, type StepCall } from './step-call.js';

const path = 'package-repositories/';

/** Makes MAAS's package repositories those of the site. */
export async function configureNodeProvisioner(input: RepositoriesInput, call: StepCall): Promise<StepOutcome> {
  const { repositories } = input;
  if (repositories.entries.length === 0) return done(call, 'the site has no package repositories');
  const changes = planRepositories(repositories, await repositoriesFound(call));
  if (changes.length === 0)
    return { kind: 'done', ...said(call, input, 'package repositories are already configured', []) };
  const refused = new Map<string, string>();
  for (const change of changes) await applyChange(call, change, refused);
  const left = planRepositories(repositories, await repositoriesFound(call)).map(describe);
  const failedNames = [...new Set([...refused.keys(), ...left.map(({ name }) => name)])];
  const summary = said(call, input, 'package repositories are compared with the design', failedNames);
  if (failedNames.length === 0) return { kind: 'done', ...summary };
  const texts = failedNames.map((name) => refused.get(name) ?? left.find((item) => item.name === name)?.text ?? name);
  const reason = `package repositories are not as wanted: ${texts.join('; ')}; correct them in the design`;
  return { ...failed(call, refused.size > 0 ? 'invalid_design' : 'not_verified', reason), ...summary };
}

function said(call: StepCall, input: RepositoriesInput, text: string, failedNames: readonly string[]) {
  call.notes.info(text);
  const focus: Focus[] = input.repositories.entries.map(({ name }) => ({ name, isOk: !failedNames.includes(name) }));
  return { notes: notesOf(call), focus };
}

async function applyChange(call: StepCall, change: RepositoryChange, refused: Map<string, string>): Promise<void> {
  const { name, text } = describe(change);
  try {
    await call.region.client.write(requestOf(change), call.context.signal);
    call.notes.info(text);
  } catch (error) {
    // The others are configured all the same.
    if (!isMaasError(error, 'validation')) throw error;
    call.notes.error(`MAAS refuses repository ${name}: ${error.facts.text}`);
    refused.set(name, `${name}: ${error.facts.text}`);
  }
}

function requestOf(change: RepositoryChange) {
  if (change.kind === 'delete') return { method: 'DELETE' as const, path: `${path}${change.id}/` };
  const fields = formFields(change.wanted);
  if (change.kind === 'create') return { method: 'POST' as const, path, fields };
  return { method: 'PUT' as const, path: `${path}${change.id}/`, fields };
}

function formFields(wanted: RepositoryFields): FormFields {
  return {
    name: wanted.name,
    url: wanted.url,
    key: wanted.key,
    distributions: wanted.distributions.join(','),
    components: wanted.components.join(','),
    arches: wanted.arches.join(','),
    disabled_components: wanted.disabledComponents.join(','),
    disabled_pockets: wanted.disabledPockets.join(','),
  };
}

function describe(change: RepositoryChange): { readonly name: string; readonly text: string } {
  if (change.kind === 'delete')
    return { name: change.name, text: `repository ${change.name} is deleted: the design does not list it` };
  const { name } = change.wanted;
  if (change.kind === 'create') return { name, text: `repository ${name} is created` };
  return { name, text: `repository ${name} is updated: ${change.differing.join(', ')}` };
}

async function repositoriesFound(call: StepCall): Promise<readonly FoundRepository[]> {
  const documents = await readList(call.region.client, path, listOf.repositories, call.context.signal);
  return documents.map(foundRepository);
}

function foundRepository(document: RepositoryDocument): FoundRepository {
  return {
    id: document.id,
    name: document.name,
    url: document.url,
    key: document.key ?? '',
    distributions: document.distributions ?? [],
    components: document.components ?? [],
    arches: document.arches ?? [],
    disabledComponents: document.disabled_components ?? [],
    disabledPockets: document.disabled_pockets ?? [],
  };
}
