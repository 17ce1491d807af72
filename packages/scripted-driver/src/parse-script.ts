import { DrydockError, errorClasses, verbs, type ErrorClass, type Verb } from '@drydock/model';
import { array, boolean, mixed, number, object, string, ValidationError } from 'yup';
import { delayPlaces, scriptedOutcomes, type DelayPlace, type Script, type ScriptedOutcome } from './script.js';

const wholeOrAny = () =>
  mixed<number | '*'>().test(
    'whole-or-any',
    ({ path }) => `${path} must be a whole number from 0, or '*'`,
    (value) => value === undefined || value === '*' || (Number.isInteger(value) && value >= 0),
  );

const buildDatum = object({
  generator: string().required(),
  dataFormat: string().required(),
  dataElement: string().defined(),
}).noUnknown();

const row = object({
  verb: string<Verb | '*'>()
    .required()
    .oneOf([...(Object.keys(verbs) as Verb[]), '*']),
  node: string(),
  attempt: wholeOrAny(),
  call: wholeOrAny(),
  outcome: string<ScriptedOutcome>().required().oneOf(scriptedOutcomes),
  reason: string(),
  errorClass: string<ErrorClass>().oneOf(Object.keys(errorClasses) as ErrorClass[]),
  delayMilliseconds: number().integer().min(0),
  delayAt: string<DelayPlace>().oneOf(delayPlaces),
  afterSeconds: number().min(0),
  state: string(),
  withEffects: boolean(),
  buildData: array(buildDatum),
}).noUnknown();

const script = object({
  format: number<1>().required().oneOf([1]),
  name: string(),
  effectsFile: string(),
  rows: array(row).required(),
}).noUnknown();

/**
 * Reads a script, for instance from a JSON file.
 * @throws DrydockError `invalid_configuration` with every problem at once
 */
export function parseScript(value: unknown): Script {
  try {
    return script.validateSync(value, { strict: true, abortEarly: false });
  } catch (error) {
    if (!(error instanceof ValidationError)) throw error;
    throw new DrydockError('invalid_configuration', `the driver script is wrong: ${error.errors.join('; ')}`);
  }
}
