import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { DrydockError } from '@drydock/model';
import type { DesignReferenceConfig } from './design-reference-settings.js';

const mebibyte = 1024 * 1024;

/**
 * What `designReferenceSettings` say, as the ingester's resolver wants to be told: plain data, with the password in the
 * clear, so it may cross to a thread and must not be logged. Reads the file of certificate authorities.
 * @throws DrydockError `invalid_configuration` when that file cannot be used
 */
export async function readReferencePolicy(config: DesignReferenceConfig) {
  return {
    fileRoots: config.designFileRoots,
    allowedHosts: config.designHosts,
    allowedAddresses: config.designAddresses,
    allowLoopback: config.isDesignLoopbackAllowed,
    maxBytes: config.designMaxMib * mebibyte,
    connectTimeoutSeconds: config.designConnectTimeoutSeconds,
    readTimeoutSeconds: config.designReadTimeoutSeconds,
    totalTimeoutSeconds: config.designTimeoutSeconds,
    maxAttempts: config.designAttempts,
    certificateAuthority: config.designCaFile === undefined ? null : await readAuthority(config.designCaFile),
    cache: { lifeSeconds: config.designKeepSeconds, maxBytes: config.designKeepMib * mebibyte },
    keystone: keystoneOf(config),
  };
}

function keystoneOf(config: DesignReferenceConfig) {
  const { keystoneAuthUrl, keystoneUsername = '', keystonePassword, keystoneProjectId, keystoneProjectName } = config;
  if (keystoneAuthUrl === undefined) return null;
  return {
    authUrl: keystoneAuthUrl,
    username: keystoneUsername,
    password: keystonePassword?.reveal() ?? '',
    userDomain: idOrName(config.keystoneUserDomainId, config.keystoneUserDomainName),
    project:
      keystoneProjectId === undefined && keystoneProjectName === undefined
        ? null
        : idOrName(keystoneProjectId, keystoneProjectName ?? ''),
    projectDomain: idOrName(config.keystoneProjectDomainId, config.keystoneProjectDomainName),
    hosts: config.keystoneHosts,
  };
}

function idOrName(id: string | undefined, name: string): { readonly id: string } | { readonly name: string } {
  return id === undefined ? { name } : { id };
}

async function readAuthority(path: string): Promise<string> {
  try {
    const pem = await readFile(path, 'utf8');
    void new X509Certificate(pem);
    return pem;
  } catch (cause) {
    throw new DrydockError(
      'invalid_configuration',
      `DRYDOCK_DESIGN_CA_FILE: ${path} cannot be read as certificates in PEM; correct the file or its path`,
      { cause },
    );
  }
}
