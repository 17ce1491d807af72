import { verbs, type Verb } from '@drydock/model';
import {
  connectionSettings,
  designReferenceSettings,
  healthSettings,
  lanesSetting,
  logLevelSetting,
  provisionerSettings,
  readConfig,
} from '@drydock/runtime';
import { number, object, string, type InferType } from 'yup';

const count = (variable: string, value: number) => number().integer().min(1).default(value).meta({ env: variable });
const rate = (variable: string, value: number) => number().integer().min(0).default(value).meta({ env: variable });

const schema = object({
  ...connectionSettings,
  ...designReferenceSettings,
  ...healthSettings('DRYDOCK_SCHEDULER_HEALTH_PORT'),
  secretKeyFile: string().required().meta({ env: 'DRYDOCK_SECRET_KEY_FILE' }),
  lanes: lanesSetting,
  logLevel: logLevelSetting,
  provisioner: provisionerSettings.provisioner,
  provisionerCalls: count('DRYDOCK_LIMIT_PROVISIONER_CALLS', 8),
  deployments: count('DRYDOCK_LIMIT_DEPLOYMENTS', 30),
  deploymentsPerMinute: rate('DRYDOCK_LIMIT_DEPLOYMENTS_PER_MINUTE', 30),
  rackPower: count('DRYDOCK_LIMIT_RACK_POWER', 4),
  rackPowerSpacingMilliseconds: rate('DRYDOCK_RACK_POWER_SPACING_MILLISECONDS', 1000),
  ipmiSpacingMilliseconds: rate('DRYDOCK_IPMI_SPACING_MILLISECONDS', 5000),
  stepsPerSlot: count('DRYDOCK_STEPS_PER_SLOT', 4),
  attemptBackoffSeconds: number().min(0).default(5).meta({ env: 'DRYDOCK_ATTEMPT_BACKOFF_SECONDS' }),
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
