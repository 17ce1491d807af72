import { expect, test } from '@jest/globals';
import { renderSarif } from './render-sarif.js';

function uriOf(source: string): string {
  const finding = { rule: 'r', code: 'c', level: 'error', message: 'm', diagnostic: '', documents: [] } as const;
  const place = { source, line: 1, column: 1 };
  const log = JSON.parse(
    renderSarif([{ reference: source, isRead: true, isValid: false, findings: [{ ...finding, place }] }]),
  );
  return log.runs[0].results[0].locations[0].physicalLocation.artifactLocation.uri;
}

test.each([
  ['sites/a.yaml', 'sites/a.yaml'],
  ['my sites/50%.yaml', 'my%20sites/50%25.yaml'],
  ['/srv/my site.yaml', 'file:///srv/my%20site.yaml'],
  ['https://host/a.yaml?…', 'https://host/a.yaml?%E2%80%A6'],
  ['stdin', 'stdin'],
])('the source %s has the URI %s', (source, uri) => {
  expect(uriOf(source)).toBe(uri);
});

test('no findings are a run without results', () => {
  const log = JSON.parse(renderSarif([{ reference: 'a', isRead: true, isValid: true, findings: [] }]));
  expect(log.runs[0]).toMatchObject({ results: [], tool: { driver: { rules: [] } } });
});

test('other places of a finding are related locations', () => {
  const place = { source: 'a.yaml', line: 5, column: 1 };
  const related = [{ source: 'a.yaml', line: 2, column: 3 }];
  const finding = { rule: 'r', code: 'c', level: 'warning', message: 'm', diagnostic: '', documents: [] } as const;
  const findings = [{ ...finding, place, related }];
  const log = JSON.parse(renderSarif([{ reference: 'a', isRead: true, isValid: true, findings }]));
  expect(log.runs[0].results[0].relatedLocations).toEqual([
    {
      id: 0,
      physicalLocation: { artifactLocation: { uri: 'a.yaml' }, region: { startLine: 2, startColumn: 3 } },
    },
  ]);
});
