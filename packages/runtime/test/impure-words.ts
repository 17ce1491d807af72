import ts from 'typescript';

const impureNames = new Set(['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask', 'fetch']);
const impureMembers = new Set(['Date.now', 'Math.random', 'process.env', 'performance.now', 'crypto.randomUUID']);

/** What a pure file may not hold: asynchrony, clocks, randomness, environment. Gives `line: word` for each. */
export function findImpureWords(fileName: string, source: string): string[] {
  const file = ts.createSourceFile(fileName, source, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const word = impureWord(node, file);
    if (word !== undefined) found.push(`${file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1}: ${word}`);
    node.forEachChild(visit);
  };
  visit(file);
  return found;
}

function impureWord(node: ts.Node, file: ts.SourceFile): string | undefined {
  if (node.kind === ts.SyntaxKind.AsyncKeyword) return 'async';
  if (ts.isAwaitExpression(node)) return 'await';
  if (ts.isNewExpression(node) && node.expression.getText(file) === 'Date') return 'new Date';
  if (ts.isPropertyAccessExpression(node) && impureMembers.has(node.getText(file))) return node.getText(file);
  if (ts.isCallExpression(node) && impureNames.has(node.expression.getText(file))) return node.expression.getText(file);
  return undefined;
}
