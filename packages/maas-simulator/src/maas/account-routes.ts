import { userView } from '../views/site-views.js';
import type { SshKey } from '../world/site.js';
import { anyone, json, noContent, text, users, admins, type Call, type Reply, type Route } from './call.js';
import { refuse } from './refusal.js';

const releases = { '2.9': '2.9.2', '3.5': '3.5.12', '3.6': '3.6.1', '3.7': '3.7.3' } as const;

const capabilities = [
  'networks-management',
  'static-ipaddresses',
  'ipv6-deployment-ubuntu',
  'devices-management',
  'storage-deployment-ubuntu',
  'network-deployment-ubuntu',
  'bridging-interface-ubuntu',
  'bridging-automatic-ubuntu',
  'authenticate-api',
];

/** Version, users, keys and settings (05 §4.1). */
export const accountRoutes: readonly Route[] = [
  { path: 'version/', endpoints: { GET: anyone(version) } },
  { path: 'account/', endpoints: { 'GET list_authorisation_tokens': users(listTokens) } },
  { path: 'account/prefs/sshkeys/', endpoints: { GET: users(listKeys), POST: users(addKey) } },
  { path: 'account/prefs/sshkeys/:id/', endpoints: { GET: users(readKey), DELETE: users(deleteKey) } },
  { path: 'users/', endpoints: { GET: users(listUsers), 'GET whoami': users((call) => json(userView(call.user))) } },
  { path: 'users/:name/', endpoints: { GET: users(readUser) } },
  { path: 'maas/', endpoints: { 'GET get_config': users(getConfig), 'POST set_config': admins(setConfig) } },
];

function version(call: Call): Reply {
  return json({ capabilities, version: releases[call.world.version], subversion: '' });
}

function listTokens(call: Call): Reply {
  return json([{ name: 'MAAS consumer', token: call.user.apiKey }]);
}

function keyView(key: SshKey): Record<string, unknown> {
  return { id: key.id, key: key.key, keysource: null };
}

function listedKeyView(key: SshKey): Record<string, unknown> {
  return { ...keyView(key), resource_uri: `/MAAS/api/2.0/account/prefs/sshkeys/${key.id}/` };
}

function keysOf(call: Call): SshKey[] {
  return [...call.world.site.sshKeys.values()].filter((key) => key.user === call.user.username);
}

function listKeys(call: Call): Reply {
  return json(keysOf(call).map(listedKeyView));
}

function addKey(call: Call): Reply {
  const key = call.form.require('key');
  const [algorithm = '', body = ''] = key.split(' ');
  const isKey =
    /^(ssh-(rsa|dss|ed25519)|ecdsa-sha2-\w+|sk-[\w@.-]+)$/.test(algorithm) && /^[A-Za-z0-9+/]+=*$/.test(body);
  if (!isKey) throw refuse.field('key', 'Invalid SSH public key.');
  if (keysOf(call).some((known) => known.key === key)) {
    throw refuse.field('key', 'This key has already been added for this user.');
  }
  const row: SshKey = { id: call.world.nextId('sshKey'), user: call.user.username, key };
  call.world.site.sshKeys.set(row.id, row);
  return json(keyView(row), 201);
}

function keyOf(call: Call): SshKey {
  const key = call.world.site.sshKeys.get(Number(call.params['id']));
  if (key === undefined) throw refuse.notFound('SSHKey');
  if (key.user !== call.user.username) throw refuse.text(403, "Can't delete a key you don't own.");
  return key;
}

function readKey(call: Call): Reply {
  return json(listedKeyView(keyOf(call)));
}

function deleteKey(call: Call): Reply {
  call.world.site.sshKeys.delete(keyOf(call).id);
  return noContent;
}

function listUsers(call: Call): Reply {
  return json(call.users.map(userView));
}

function readUser(call: Call): Reply {
  const user = call.users.find((candidate) => candidate.username === call.params['name']);
  if (user === undefined) throw refuse.notFound('User');
  return json(userView(user));
}

function settingName(call: Call): string {
  const name = call.query.get('name') ?? call.form.get('name') ?? '';
  if (name === '') throw refuse.missing('name');
  const { settings } = call.world.site;
  if (!settings.has(name)) {
    const valid = [...settings.keys()].sort().join(', ');
    throw refuse.field(name, `${name} is not a valid config setting (valid settings are: ${valid}).`);
  }
  return name;
}

function getConfig(call: Call): Reply {
  return json(call.world.site.settings.get(settingName(call)) ?? null);
}

function setConfig(call: Call): Reply {
  const name = settingName(call);
  const value = call.form.get('value');
  if (value === undefined) throw refuse.missing('value');
  const { settings } = call.world.site;
  const isBoolean = typeof settings.get(name) === 'boolean';
  settings.set(name, isBoolean ? call.form.flag('value') : value);
  return text('OK');
}
