import { defaultRetryPolicy, verbs, type Verb } from '@drydock/model';
import {
  connectionSettings,
  designReferenceSettings,
  groupSettings,
  healthSettings,
  laneSettings,
  logLevelSetting,
  provisionerSettings,
  readConfig,
  tracingSettings,
} from '@drydock/runtime';
import { number, object, string, type InferType } from 'yup';

const count = (variable: string, value: number) => number().integer().min(1).default(value).meta({ env: variable });
const rate = (variable: string, value: number) => number().integer().min(0).default(value).meta({ env: variable });

const schema = object({
  ...connectionSettings,
  ...designReferenceSettings,
  ...healthSettings('DRYDOCK_SCHEDULER_HEALTH_PORT'),
  ...tracingSettings,
  secretKeyFile: string().required().meta({ env: 'DRYDOCK_SECRET_KEY_FILE' }),
  ...laneSettings,
  logLevel: logLevelSetting,
  provisioner: provisionerSettings.provisioner,
  ...groupSettings,
  attemptBackoffSeconds: number().min(0).default(5).meta({ env: 'DRYDOCK_ATTEMPT_BACKOFF_SECONDS' }),
  attemptBackoffCapSeconds: number().min(0).default(60).meta({ env: 'DRYDOCK_ATTEMPT_BACKOFF_CAP_SECONDS' }),
  stepTries: rate('DRYDOCK_RETRY_STEP_TRIES', defaultRetryPolicy.stepTries),
  nodeTries: count('DRYDOCK_RETRY_NODE_TRIES', defaultRetryPolicy.node.tries),
  nodeTriesPerHour: rate('DRYDOCK_RETRY_NODE_REFILL_PER_HOUR', defaultRetryPolicy.node.refillPerHour),
  bmcTries: count('DRYDOCK_RETRY_BMC_TRIES', defaultRetryPolicy.bmc.tries),
  bmcTriesPerHour: rate('DRYDOCK_RETRY_BMC_REFILL_PER_HOUR', defaultRetryPolicy.bmc.refillPerHour),
});

export type SchedulerConfig = InferType<typeof schema> & {
  /** Deadlines that the environment sets otherwise, `DRYDOCK_DEADLINE_<VERB>_MINUTES`. */
  readonly deadlineSeconds: Partial<Readonly<Record<Verb, number>>>;
};

type Environment = Readonly<Record<string, string | undefined>>;

const deadlineVariable = (verb: Verb): string => `DRYDOCK_DEADLINE_${verb.toUpperCase()}_MINUTES`;

const verbNames = Object.keys(verbs) as Verb[];

/** With 0 minutes they judge what is there, at once (reference 03 §8). */
const waitsForNobody: ReadonlySet<Verb> = new Set(['bootaction_report']);

const deadlineFields = Object.fromEntries(
  verbNames.map((verb) => [
    verb,
    (waitsForNobody.has(verb) ? number().min(0) : number().positive()).meta({ env: deadlineVariable(verb) }),
  ]),
) as Record<Verb, ReturnType<typeof number>>;

/** @throws DrydockError naming every problem at once */
export function readSchedulerConfig(env: Environment): SchedulerConfig {
  const read = readConfig(schema.shape(deadlineFields), env);
  const deadlines = verbNames.flatMap((verb) => {
    const minutes = read[verb];
    return minutes === undefined ? [] : [[verb, minutes === 0 ? 0 : Math.max(1, Math.round(minutes * 60))]];
  });
  return { ...read, deadlineSeconds: Object.fromEntries(deadlines) as SchedulerConfig['deadlineSeconds'] };
}
