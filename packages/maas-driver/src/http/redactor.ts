/** Removes secrets from text that leaves the driver. */
export type Redactor = (text: string) => string;

const maximumTextLength = 600;
const secretFields = /((?:power_pass|oauth_signature|oauth_token|user_data|password|"key")"?\s*[=:]\s*"?)[^\s",&}]+/gi;

/** @param secrets exact texts that never appear, whatever stands around them */
export function createRedactor(secrets: readonly string[]): Redactor {
  const known = secrets.filter((secret) => secret.length >= 4);
  return (text) => {
    const withoutSecrets = known.reduce((rest, secret) => rest.replaceAll(secret, '[redacted]'), text);
    const clean = withoutSecrets.replace(secretFields, '$1[redacted]').replace(/\s+/g, ' ').trim();
    return clean.length > maximumTextLength ? `${clean.slice(0, maximumTextLength)}…` : clean;
  };
}
