import type { RequestRecord } from './http/maas-request.js';
import type { TimeLimits } from './http/time-limits.js';

export interface MaasDriverConfig {
  /** Name of this MAAS in group keys and observer sources. */
  readonly name: string;
  /** Ends in `/MAAS`. */
  readonly url: string;
  /** `consumer:token:secret`; appears in no log, error or URL. */
  readonly apiKey: string;
  /** Leaves the BMC's user and network alone at commissioning; needs MAAS 2.7 or later. Default false. */
  readonly skipBmcConfig?: boolean;
  /** Gives MAAS the design's BMC account for ipmi and redfish nodes. Default false. */
  readonly useNodeOobParameters?: boolean;
  /** Leaves machines on and open to SSH after commissioning. Default false. */
  readonly commissionEnableSsh?: boolean;
  /** Wakes waiting steps also at a new status message, and reports it. One more read per message. Default false. */
  readonly reportProgressMessages?: boolean;
  /** Of the steps together; polls have a lane of their own. Default 8. */
  readonly maxConcurrentRequests?: number;
  readonly timeLimits?: Partial<TimeLimits>;
  /** How long reads that many steps share stay fresh. Default 3. */
  readonly sharedReadSeconds?: number;
  /** Called after every request, for metrics. */
  readonly onRequest?: (record: RequestRecord) => void;
}
