import { boolean, type InferType, number, object, string } from 'yup';
import { secretSetting } from '../config/secret-setting.js';
import { listSetting } from './list-setting.js';

/** Timers of days overflow. */
const longestSeconds = 86_400;

const seconds = (variable: string, value: number) =>
  number().positive().max(longestSeconds).default(value).meta({ env: variable });

const needsAuthUrl = '${path} says nothing without DRYDOCK_KEYSTONE_AUTH_URL: set both';

/** With Keystone the account must be whole; without it a part of one is a mistake. */
const keystonePart = (variable: string) =>
  string()
    .when('keystoneAuthUrl', {
      is: undefined,
      then: (field) => field.test('Keystone', needsAuthUrl, (value) => value === undefined),
      otherwise: (field) => field.required(),
    })
    .meta({ env: variable });

/** From where designs may come and how they are fetched; the same for every app that follows a design reference. */
export const designReferenceSettings = {
  designFileRoots: listSetting('DRYDOCK_DESIGN_FILE_ROOTS'),
  designHosts: listSetting('DRYDOCK_DESIGN_HOSTS'),
  designAddresses: listSetting('DRYDOCK_DESIGN_ADDRESSES'),
  /** Names of the ingester's translators; none: all of them. */
  designFormats: listSetting('DRYDOCK_DESIGN_FORMATS'),
  isDesignLoopbackAllowed: boolean().default(false).meta({ env: 'DRYDOCK_DESIGN_ALLOW_LOOPBACK' }),
  designMaxMib: number().min(1).default(64).meta({ env: 'DRYDOCK_DESIGN_MAX_MIB' }),
  designConnectTimeoutSeconds: seconds('DRYDOCK_DESIGN_CONNECT_TIMEOUT_SECONDS', 10),
  designReadTimeoutSeconds: seconds('DRYDOCK_DESIGN_READ_TIMEOUT_SECONDS', 60),
  designTimeoutSeconds: seconds('DRYDOCK_DESIGN_TIMEOUT_SECONDS', 300),
  designAttempts: number().integer().min(1).max(10).default(3).meta({ env: 'DRYDOCK_DESIGN_ATTEMPTS' }),
  designCaFile: string().meta({ env: 'DRYDOCK_DESIGN_CA_FILE' }),
  designKeepSeconds: number().min(0).default(600).meta({ env: 'DRYDOCK_DESIGN_KEEP_SECONDS' }),
  designKeepMib: number().min(0).default(64).meta({ env: 'DRYDOCK_DESIGN_KEEP_MIB' }),
  keystoneAuthUrl: string()
    .test(
      'http',
      '${path} must be an http or https URL without user info',
      (url) => url === undefined || /^https?:\/\/[^/@]+(\/[^@]*)?$/.test(url),
    )
    .meta({ env: 'DRYDOCK_KEYSTONE_AUTH_URL' }),
  keystoneUsername: keystonePart('DRYDOCK_KEYSTONE_USERNAME'),
  keystonePassword: secretSetting('DRYDOCK_KEYSTONE_PASSWORD').when('keystoneAuthUrl', {
    is: undefined,
    then: (field) => field.test('Keystone', needsAuthUrl, (value) => value === undefined),
    otherwise: (field) => field.required(),
  }),
  keystoneUserDomainName: string().default('Default').meta({ env: 'DRYDOCK_KEYSTONE_USER_DOMAIN_NAME' }),
  keystoneUserDomainId: string().meta({ env: 'DRYDOCK_KEYSTONE_USER_DOMAIN_ID' }),
  keystoneProjectName: string().meta({ env: 'DRYDOCK_KEYSTONE_PROJECT_NAME' }),
  keystoneProjectId: string().meta({ env: 'DRYDOCK_KEYSTONE_PROJECT_ID' }),
  keystoneProjectDomainName: string().default('Default').meta({ env: 'DRYDOCK_KEYSTONE_PROJECT_DOMAIN_NAME' }),
  keystoneProjectDomainId: string().meta({ env: 'DRYDOCK_KEYSTONE_PROJECT_DOMAIN_ID' }),
  keystoneHosts: listSetting('DRYDOCK_KEYSTONE_HOSTS').when('keystoneAuthUrl', {
    is: undefined,
    then: (field) => field.test('Keystone', needsAuthUrl, (hosts) => hosts.length === 0),
    otherwise: (field) =>
      field.test('hosts', '${path} must name the hosts that the token may be sent to', (hosts) => hosts.length > 0),
  }),
};

const schema = object(designReferenceSettings);

export type DesignReferenceConfig = InferType<typeof schema>;
