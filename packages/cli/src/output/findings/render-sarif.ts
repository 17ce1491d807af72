import { isAbsolute } from 'node:path';
import { pathToFileURL } from 'node:url';
import { errorCodes, type Finding, type SourcePlace } from '@drydock/model';
import { isUrl } from '../../design/is-url.js';
import { type DesignReport, problemsOf } from './design-report.js';

/** SARIF 2.1.0 (OASIS), which code-scanning services read: one run, a rule per rule id, a result per finding. */
export function renderSarif(reports: readonly DesignReport[]): string {
  const findings = reports.flatMap(problemsOf);
  const rules = [...new Map(findings.map((finding) => [finding.rule, finding])).values()];
  const indexes = new Map(rules.map(({ rule }, index) => [rule, index]));
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'drydock', rules: rules.map(ruleDescriptor) } },
        // Columns count as the parser of the designs does: in UTF-16 code units, as JavaScript text.
        columnKind: 'utf16CodeUnits',
        invocations: [{ executionSuccessful: reports.every(({ isRead }) => isRead) }],
        results: findings.map((finding) => result(finding, indexes.get(finding.rule) ?? -1)),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function ruleDescriptor({ rule, code, level }: Finding): object {
  const page = Object.hasOwn(errorCodes, rule) ? `docs/errors.md#${rule}` : `docs/rules/${rule}.md`;
  return {
    id: rule,
    name: code,
    shortDescription: { text: `${code} ${rule}` },
    help: {
      text: `What the rule wants and how to meet it: ${page} of the Drydock repository.`,
      markdown: `What the rule wants and how to meet it: \`${page}\` of the Drydock repository.`,
    },
    defaultConfiguration: { level },
    properties: { tags: ['site-design', code] },
  };
}

function result(finding: Finding, ruleIndex: number): object {
  const { rule, level, message, diagnostic, place, documents, related = [] } = finding;
  const logicalLocations = documents.map(({ schema, name }) => ({
    name,
    fullyQualifiedName: `${schema}/${name}`,
    kind: 'object',
  }));
  const location = {
    ...(place && { physicalLocation: physicalLocation(place) }),
    ...(logicalLocations.length > 0 && { logicalLocations }),
  };
  return {
    ruleId: rule,
    ruleIndex,
    level,
    message: { text: diagnostic === '' ? message : `${message}\n${diagnostic}` },
    locations: Object.keys(location).length > 0 ? [location] : [],
    ...(related.length > 0 && {
      relatedLocations: related.map((other, id) => ({ id, physicalLocation: physicalLocation(other) })),
    }),
  };
}

function physicalLocation({ source, line, column }: SourcePlace): object {
  return { artifactLocation: { uri: artifactUri(source) }, region: { startLine: line, startColumn: column } };
}

/** A URL as it is; a path as a URI reference, relative ones for the service to resolve in its checkout. */
function artifactUri(source: string): string {
  if (isUrl(source) && URL.canParse(source)) return new URL(source).href;
  if (isAbsolute(source)) return pathToFileURL(source).href;
  return source.split(/[/\\]/).map(encodeURIComponent).join('/');
}
