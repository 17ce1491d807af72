import { expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { environmentTable } from '@drydock/runtime';

const infra = fileURLToPath(new URL('../../../infra/', import.meta.url));
const read = (file: string): string => readFileSync(infra + file, 'utf8');

test('the chart sets only variables that the process starter knows, and REDIS_URL', () => {
  const templates = readdirSync(`${infra}helm/drydock/templates`).map((name) => read(`helm/drydock/templates/${name}`));
  const names = templates.flatMap((text) => text.match(/\b(?:DRYDOCK|DATABASE|REDIS)_[A-Z_]+\b/g) ?? []);
  const known = new Set([...Object.keys(environmentTable), 'REDIS_URL']);
  expect(new Set(names).size).toBeGreaterThan(4);
  expect([...new Set(names)].filter((name) => !known.has(name))).toEqual([]);
});

test.each(['api', 'scheduler', 'worker'])('the chart deploys %s', (app) => {
  expect(read(`helm/drydock/templates/${app}.yaml`)).toContain(`"app" "${app}" "settings" .Values.${app}`);
  expect(read('helm/drydock/values.yaml')).toMatch(new RegExp(`^${app}:$`, 'm'));
});

test.each(['scheduler', 'worker'])(
  'probes reach the health server of %s: it listens on the address of its pod',
  (app) => {
    expect(read(`helm/drydock/templates/${app}.yaml`)).toContain('"hostVariable" "DRYDOCK_HEALTH_HOST"');
    expect(read('helm/drydock/templates/_pod.tpl')).toMatch(/with \.hostVariable[^]*fieldPath: status\.podIP/);
  },
);

test('Prometheus finds the metrics of the pods whose health server listens for it', () => {
  const pod = read('helm/drydock/templates/_pod.tpl');
  expect(pod).toMatch(
    /if and \.hostVariable \.root\.Values\.metrics\.scrape[^]*prometheus\.io\/port: "\{\{ \.port \}\}"/,
  );
  expect(read('helm/drydock/values.yaml')).toMatch(/^metrics:\n {2}scrape: true$/m);
});

test('the chart leaves the API, which knows no authentication, on loopback, and says what that means', () => {
  expect(read('helm/drydock/templates/api.yaml')).not.toContain('hostVariable');
  for (const text of ['helm/drydock/README.md', 'helm/drydock/templates/NOTES.txt']) {
    expect(read(text)).toMatch(/authentication[^]*loopback|loopback[^]*authentication/);
    expect(read(text)).toContain('api.replicas=0');
  }
});

test('the Redis for development never evicts and keeps an append-only file', () => {
  expect(read('compose/docker-compose.yaml')).toContain('--maxmemory-policy, noeviction, --appendonly, "yes"');
});

test('the services for development listen on loopback only', () => {
  const ports = read('compose/docker-compose.yaml').match(/^ +ports: .*$/gm) ?? [];
  expect(ports).toHaveLength(2);
  for (const line of ports) expect(line).toContain('["127.0.0.1:');
});
