import { type InferType, type ObjectSchema, type AnyObject, ValidationError } from 'yup';
import { DrydockError } from '@drydock/model';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads a process's configuration. Each field of the schema names its variable with `.meta({ env: 'DRYDOCK_API_PORT' })`;
 * an empty variable counts as not set. Fields made by `secretSetting` come wrapped.
 * @throws DrydockError `invalid_configuration`, which names every problem at once, and no value of a secret
 */
export function readConfig<Fields extends AnyObject>(
  schema: ObjectSchema<Fields>,
  env: Environment,
): InferType<ObjectSchema<Fields>> {
  const variables = variablesOf(schema);
  const given = Object.entries(variables).flatMap(([field, variable]) => {
    const value = env[variable]?.trim();
    return value === undefined || value === '' ? [] : [[field, value] as const];
  });
  try {
    return schema.validateSync(Object.fromEntries(given), { abortEarly: false });
  } catch (error) {
    if (!(error instanceof ValidationError)) throw error;
    throw invalid(error, variables);
  }
}

function variablesOf(schema: Pick<ObjectSchema<AnyObject>, 'describe'>): Record<string, string> {
  const described = Object.entries(schema.describe().fields);
  return Object.fromEntries(
    described.map(([field, description]) => {
      const variable: unknown =
        'meta' in description ? (description.meta as AnyObject | undefined)?.['env'] : undefined;
      if (typeof variable !== 'string')
        throw new TypeError(`the configuration field ${field} names no variable (meta env)`);
      return [field, variable];
    }),
  );
}

function invalid(error: ValidationError, variables: Record<string, string>): DrydockError {
  const single = error.inner.length === 0 ? [error] : error.inner;
  const problems = single.map(({ path, message }) => {
    const variable = path === undefined ? undefined : variables[path];
    return variable === undefined || path === undefined ? message : message.replace(path, variable);
  });
  return new DrydockError(
    'invalid_configuration',
    `the configuration has ${problems.length === 1 ? 'a problem' : `${problems.length} problems`}: ` +
      `${problems.join('; ')}; correct the environment (docs/configuration.md) and start again`,
  );
}
