import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { DrydockError } from '@drydock/model';

/**
 * The PEM file of `OS_CACERT`, as OpenStack's own clients trust it; null without the variable.
 * @throws DrydockError `invalid_configuration`
 */
export async function certificateAuthority(env: Readonly<Record<string, string | undefined>>): Promise<string | null> {
  const path = env['OS_CACERT'];
  if (!path) return null;
  try {
    const pem = await readFile(path, 'utf8');
    void new X509Certificate(pem);
    return pem;
  } catch (cause) {
    throw new DrydockError(
      'invalid_configuration',
      `OS_CACERT: ${path} cannot be read as certificates in PEM; correct the file or its path`,
      { cause },
    );
  }
}
