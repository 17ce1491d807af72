/**
 * cloud-init user data that installs packages, as base64; null when there are none (reference 04 §6.11).
 * JSON is YAML, and quoting is safe in it.
 */
export function userData(packages: Readonly<Record<string, string | null>>): string | null {
  const list = Object.entries(packages).map(([name, version]) => (version === null ? name : [name, version]));
  if (list.length === 0) return null;
  const text = `#cloud-config\n${JSON.stringify({ packages: list })}\n`;
  return Buffer.from(text, 'utf8').toString('base64');
}
