export interface OobConfig {
  readonly redfish: RedfishConfig;
  readonly manual: ManualConfig;
}

export interface RedfishConfig {
  readonly tls: {
    /** PEM bundle, instead of the system's authorities. */
    readonly ca?: string | undefined;
    /** False trusts any certificate. */
    readonly rejectUnauthorized: boolean;
  };
  /** Of one HTTP request. */
  readonly requestTimeoutSeconds: number;
  /** Longest pause between two looks at a power state that is to change. */
  readonly powerLookSeconds: number;
  /** `auto` keeps the mode in which the machine boots. */
  readonly bootMode: 'auto' | 'uefi' | 'bios';
  /** Asked before any connection. */
  readonly isAddressAllowed: (address: string) => boolean;
}

export interface ManualConfig {
  /** How long a person gets to do what the note asks for. */
  readonly delaySeconds: number;
}

export const defaultOobConfig: OobConfig = {
  redfish: {
    tls: { rejectUnauthorized: true },
    requestTimeoutSeconds: 10,
    powerLookSeconds: 5,
    bootMode: 'auto',
    isAddressAllowed: () => true,
  },
  manual: { delaySeconds: 60 },
};
