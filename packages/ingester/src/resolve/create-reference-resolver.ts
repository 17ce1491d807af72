import { setTimeout as delay } from 'node:timers/promises';
import { DrydockError, isDrydockError } from '@drydock/model';
import { checkAllowedAddresses } from './check-address.js';
import { type CheckedReference, checkReference, keystonePolicy } from './check-reference.js';
import { readDesignFile } from './file/read-design-file.js';
import { userInfoAuthorization } from './http/authorization.js';
import { lookUpHost, type LookUpHost } from './http/checked-lookup.js';
import { DocumentCache } from './http/document-cache.js';
import { fetchDesign } from './http/fetch-design.js';
import { retryPassingFailures, type RetryParts } from './http/retry-passing-failures.js';
import { keystoneAuthorization } from './keystone/keystone-authorization.js';
import { type KeystoneToken, requestToken } from './keystone/request-token.js';
import { appSettingNames } from './keystone/setting-names.js';
import { createTokenKeeper, type TokenKeeper } from './keystone/token-keeper.js';
import { printableUrl } from './printable-url.js';
import type { ReferencePolicy, ResolvedReference } from './reference-policy.js';
import { startTimeLimit, type TimeLimit } from './time-limit.js';

export interface ReferenceResolver {
  /**
   * The bytes behind a design reference. Reads, never writes; may be called again and at the same time. Failures are
   * not kept; a document that is kept serves only when its server confirms it.
   * @throws DrydockError `design_reference_refused` (the reference or the policy forbids it), `design_unavailable`
   * (there, but not to be had, or stopped by the signal), `design_too_large`
   */
  resolve(reference: string, signal: AbortSignal): Promise<ResolvedReference>;
}

/** The world outside, for tests to replace. */
export interface ResolverParts {
  readonly lookUp: LookUpHost;
  /** Wall clock: the expiry of a token is told by it. */
  readonly nowMs: () => number;
  readonly random: () => number;
  readonly pause: RetryParts['pause'];
}

const system: ResolverParts = {
  lookUp: lookUpHost,
  nowMs: Date.now,
  random: Math.random,
  pause: (milliseconds, signal) => delay(milliseconds, undefined, { signal }),
};

/**
 * Keeps a Keystone token and documents between calls, both bounded; opens nothing that would have to be closed.
 * @throws DrydockError `invalid_configuration`
 */
export function createReferenceResolver(
  policy: ReferencePolicy,
  parts: Partial<ResolverParts> = {},
): ReferenceResolver {
  checkAllowedAddresses(policy);
  return new Resolver(policy, { ...system, ...parts });
}

class Resolver implements ReferenceResolver {
  private readonly cache: DocumentCache;
  private readonly tokens: TokenKeeper;

  constructor(
    private readonly policy: ReferencePolicy,
    private readonly parts: ResolverParts,
  ) {
    this.cache = new DocumentCache(policy.cache, parts.nowMs);
    this.tokens = createTokenKeeper(() => this.fetchToken(), parts.nowMs);
  }

  async resolve(reference: string, signal: AbortSignal): Promise<ResolvedReference> {
    const checked = checkReference(reference, this.policy);
    const source = checked.via === 'file' ? checked.path : printableUrl(new URL(reference));
    const limit = startTimeLimit(this.policy.totalTimeoutSeconds, signal);
    try {
      return { bytes: await this.read(checked, limit.signal), source };
    } catch (error) {
      if (isDrydockError(error) || !limit.signal.aborted) throw error;
      throw new DrydockError('design_unavailable', `${source} ${this.stoppedText(limit)}`);
    } finally {
      limit.end();
    }
  }

  private async read(checked: CheckedReference, signal: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
    const { policy, parts, cache } = this;
    if (checked.via === 'file') return await readDesignFile(checked.path, policy, signal);
    const { needsKeystone, url } = checked;
    const fetch = {
      cacheScope: needsKeystone ? 'keystone' : 'user info',
      policy: needsKeystone ? keystonePolicy(policy) : policy,
      authorization: needsKeystone ? keystoneAuthorization(this.tokens) : userInfoAuthorization(url),
      signal,
      lookUp: parts.lookUp,
      cache,
    };
    const { maxAttempts } = policy;
    return await retryPassingFailures(() => fetchDesign(url, fetch), { ...parts, maxAttempts, signal });
  }

  private async fetchToken(): Promise<KeystoneToken> {
    const { policy } = this;
    if (policy.keystone === null) {
      throw new DrydockError('design_reference_refused', `no Keystone is configured; set ${appSettingNames.authUrl}`);
    }
    const limit = startTimeLimit(policy.totalTimeoutSeconds);
    try {
      return await requestToken(policy.keystone, { policy, signal: limit.signal });
    } catch (error) {
      if (isDrydockError(error) || !limit.isOver) throw error;
      throw new DrydockError('design_unavailable', `Keystone ${this.stoppedText(limit)}`);
    } finally {
      limit.end();
    }
  }

  private stoppedText({ isOver }: TimeLimit): string {
    return isOver
      ? `did not answer in full within ${this.policy.totalTimeoutSeconds} s`
      : 'was not fetched: it was asked to stop';
  }
}
