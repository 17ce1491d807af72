/** What a design reference may point at and how it is fetched; given by the application's configuration. Plain data. */
export interface ReferencePolicy {
  /** Directories below which files may be read; none: no file may. */
  readonly fileRoots: readonly string[];
  /**
   * `host` or `host:port`; nothing else may be asked. A host that is listed may have a private address.
   * Empty: every host with a public address.
   */
  readonly allowedHosts: readonly string[];
  /**
   * Addresses or CIDR ranges that may be asked although they are private, link-local or loopback. An address at which
   * a cloud hands out credentials must be listed by itself; a range does not open it.
   */
  readonly allowedAddresses: readonly string[];
  /** Hosts with a loopback address, for development and tests. */
  readonly allowLoopback: boolean;
  /** Of the document, after any decompression. */
  readonly maxBytes: number;
  readonly connectTimeoutSeconds: number;
  /** The longest silence of a server, before its answer and within it. */
  readonly readTimeoutSeconds: number;
  /** For everything: look-ups, redirects, tokens, further attempts and the pauses between them. */
  readonly totalTimeoutSeconds: number;
  /** In all, when a failure may pass; 1: no further one. */
  readonly maxAttempts: number;
  /** PEM; trusted beside the well-known authorities. */
  readonly certificateAuthority: string | null;
  readonly cache: CachePolicy;
  /** Null: references that need Keystone are refused. */
  readonly keystone: KeystoneAccount | null;
  /** What to do about a missing Keystone, for the message of such a refusal; by default the setting of the apps. */
  readonly keystoneAdvice?: string;
}

/** Documents kept for conditional requests; each use is confirmed by the server that gave it. */
export interface CachePolicy {
  /** How long a document is kept after it was received, confirmed or not; 0: nothing is kept. */
  readonly lifeSeconds: number;
  readonly maxBytes: number;
}

/** Who we are at Keystone (Identity API v3, password method), and who may be shown the token. */
export interface KeystoneAccount {
  /** With or without `/v3` at its end. */
  readonly authUrl: string;
  readonly username: string;
  readonly password: string;
  readonly userDomain: KeystoneName;
  /** Null: the user's default project. */
  readonly project: KeystoneName | null;
  /** Where a project that is given by name lies. */
  readonly projectDomain: KeystoneName;
  /** `host` or `host:port`; the token is sent to no other. */
  readonly hosts: readonly string[];
  /** By default those of the apps. */
  readonly settingNames?: KeystoneSettingNames;
}

/** What messages call the settings of an account, so that who reads them knows which to correct. */
export interface KeystoneSettingNames {
  readonly authUrl: string;
  readonly username: string;
  readonly password: string;
  readonly hosts: string;
}

export type KeystoneName = { readonly id: string } | { readonly name: string };

export interface ResolvedReference {
  /** Owns its memory: whoever gets it may hand it to another thread. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** For findings and messages: the path or URL without user info, query and fragment. */
  readonly source: string;
}
