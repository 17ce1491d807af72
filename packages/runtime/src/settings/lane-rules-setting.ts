import { clientActions, type LaneRule } from '@drydock/model';
import { array, mixed, object, string, ValidationError } from 'yup';
import { laneProblems } from './named-lanes.js';

const rule = object({
  lane: string().required(),
  actions: array(string().required().oneOf(clientActions)).min(1),
  designRef: string().min(1),
})
  .noUnknown()
  .strict();
const rules = array(rule.required()).required().strict();

/** How a task finds its lane: a JSON array of rules; stands beside a field `lanes`, which it may name. */
export const laneRulesSetting = mixed((value: unknown): value is readonly LaneRule[] => Array.isArray(value))
  .transform((value: unknown) => (typeof value === 'string' ? parseJson(value) : value))
  .default([])
  .typeError('${path} must be a JSON array of rules like {"lane":"edge","designRef":"https://designs.example/edge/*"}')
  .test('rules', (value, context) => {
    const named = value.map((one: unknown) =>
      typeof one === 'object' && one !== null && 'lane' in one ? one.lane : null,
    );
    const problems = [...problemsOf(value), ...laneProblems(named, context.parent)];
    return problems.length === 0 || context.createError({ message: `\${path} is wrong: ${problems.join(', ')}` });
  })
  .meta({ env: 'DRYDOCK_LANE_RULES' });

/** Anything that is no JSON stays text, which is no array. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return text;
    throw error;
  }
}

function problemsOf(value: unknown): readonly string[] {
  try {
    rules.validateSync(value, { abortEarly: false });
    return [];
  } catch (error) {
    if (error instanceof ValidationError) return error.errors;
    throw error;
  }
}
