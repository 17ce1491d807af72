import { verbs, type Verb } from '@drydock/model';
import { logLevels, readConfig, secretSetting } from '@drydock/runtime';
import { boolean, number, object, string, type InferType } from 'yup';

const list = (variable: string) => string().default('').meta({ env: variable });
const count = (variable: string, value: number) => number().integer().min(1).default(value).meta({ env: variable });
const rate = (variable: string, value: number) => number().integer().min(0).default(value).meta({ env: variable });

const schema = object({
  databaseUrl: secretSetting('DATABASE_URL').required(),
  databaseDirectUrl: secretSetting('DATABASE_DIRECT_URL'),
  redisUrl: secretSetting('REDIS_URL'),
  secretKeyFile: string().required().meta({ env: 'DRYDOCK_SECRET_KEY_FILE' }),
  lanes: string().default('default').meta({ env: 'DRYDOCK_LANES' }),
  healthPort: number().integer().min(0).max(65535).default(0).meta({ env: 'DRYDOCK_SCHEDULER_HEALTH_PORT' }),
  logLevel: string()
    .oneOf([...logLevels])
    .default('info')
    .meta({ env: 'DRYDOCK_LOG_LEVEL' }),
  provisioner: string().default('default').meta({ env: 'DRYDOCK_PROVISIONER' }),
  designFileRoots: list('DRYDOCK_DESIGN_FILE_ROOTS'),
  designHosts: list('DRYDOCK_DESIGN_HOSTS'),
  isDesignLoopbackAllowed: boolean().default(false).meta({ env: 'DRYDOCK_DESIGN_ALLOW_LOOPBACK' }),
  designMaxMib: number().min(1).default(64).meta({ env: 'DRYDOCK_DESIGN_MAX_MIB' }),
  designTimeoutSeconds: number().min(1).default(300).meta({ env: 'DRYDOCK_DESIGN_TIMEOUT_SECONDS' }),
  provisionerCalls: count('DRYDOCK_LIMIT_PROVISIONER_CALLS', 8),
  deployments: count('DRYDOCK_LIMIT_DEPLOYMENTS', 30),
  deploymentsPerMinute: rate('DRYDOCK_LIMIT_DEPLOYMENTS_PER_MINUTE', 30),
  rackPower: count('DRYDOCK_LIMIT_RACK_POWER', 4),
  rackPowerSpacingMilliseconds: rate('DRYDOCK_RACK_POWER_SPACING_MILLISECONDS', 1000),
  ipmiSpacingMilliseconds: rate('DRYDOCK_IPMI_SPACING_MILLISECONDS', 5000),
  stepsPerSlot: count('DRYDOCK_STEPS_PER_SLOT', 4),
  attemptBackoffSeconds: number().min(0).default(5).meta({ env: 'DRYDOCK_ATTEMPT_BACKOFF_SECONDS' }),
  isDurable: boolean().default(true).meta({ env: 'DRYDOCK_DURABLE_COMMITS' }),
});

export type SchedulerConfig = InferType<typeof schema> & {
  /** Deadlines that the environment sets otherwise, `DRYDOCK_DEADLINE_<VERB>_MINUTES`. */
  readonly deadlineSeconds: Partial<Readonly<Record<Verb, number>>>;
};

type Environment = Readonly<Record<string, string | undefined>>;

const deadlineVariable = (verb: Verb): string => `DRYDOCK_DEADLINE_${verb.toUpperCase()}_MINUTES`;

const verbNames = Object.keys(verbs) as Verb[];

const deadlineFields = Object.fromEntries(
  verbNames.map((verb) => [
    verb,
    number()
      .positive()
      .meta({ env: deadlineVariable(verb) }),
  ]),
) as Record<Verb, ReturnType<typeof number>>;

/** @throws DrydockError naming every problem at once */
export function readSchedulerConfig(env: Environment): SchedulerConfig {
  const read = readConfig(schema.shape(deadlineFields), env);
  const deadlines = verbNames.flatMap((verb) => {
    const minutes = read[verb];
    return minutes === undefined ? [] : [[verb, Math.max(1, Math.round(minutes * 60))]];
  });
  return { ...read, deadlineSeconds: Object.fromEntries(deadlines) as SchedulerConfig['deadlineSeconds'] };
}

export function splitList(text: string): readonly string[] {
  return text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}
