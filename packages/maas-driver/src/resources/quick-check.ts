import type { Schema, SchemaDescription, SchemaInnerTypeDescription, SchemaObjectDescription } from 'yup';

/** Whether a value fits. True is certain; false means that somebody must look closer. */
export type QuickCheck = (value: unknown) => boolean;

/**
 * A schema as plain comparisons: yup makes closures for every field of every document that it validates, which was a
 * twentieth of a worker's processor time. What it cannot express fits nothing, so that yup is asked.
 */
export function quickCheckOf(schema: Schema): QuickCheck {
  return checkOf(schema.describe());
}

type Description = SchemaDescription | SchemaObjectDescription | SchemaInnerTypeDescription;

function checkOf(description: Description): QuickCheck {
  const { nullable, optional } = description;
  const isOfType = (makeCheck[description.type] ?? unknownType)(description);
  return (value) => {
    if (value === undefined) return optional;
    if (value === null) return nullable;
    return isOfType(value);
  };
}

const unknownType = (): QuickCheck => () => false;

const makeCheck: Readonly<Record<string, (description: Description) => QuickCheck>> = {
  mixed: (description) => (hasOnly(description, []) ? () => true : () => false),
  boolean: (description) => (hasOnly(description, []) ? (value) => typeof value === 'boolean' : () => false),
  string: (description) => {
    if (!hasOnly(description, ['required'])) return () => false;
    const isRequired = hasTest(description, 'required');
    return (value) => typeof value === 'string' && (!isRequired || value !== '');
  },
  number: (description) => {
    if (!hasOnly(description, ['integer'])) return () => false;
    const isInteger = hasTest(description, 'integer');
    return (value) => typeof value === 'number' && (isInteger ? Number.isInteger(value) : !Number.isNaN(value));
  },
  array: (description) => {
    if (!hasOnly(description, []) || !('innerType' in description)) return () => false;
    const { innerType } = description;
    if (innerType === undefined || Array.isArray(innerType) || innerType === null) return () => false;
    const fits = checkOf(innerType as Description);
    return (value) => Array.isArray(value) && value.every(fits);
  },
  object: (description) => {
    if (!hasOnly(description, []) || !('fields' in description)) return () => false;
    const fields = Object.entries(description.fields).map(
      ([name, field]) => [name, checkOf(field as Description)] as const,
    );
    return (value) => {
      if (typeof value !== 'object' || Array.isArray(value)) return false;
      const document = value as Readonly<Record<string, unknown>>;
      return fields.every(([name, fits]) => fits(document[name]));
    };
  },
};

function hasTest({ tests }: Description, name: string): boolean {
  return tests.some((test) => test.name === name);
}

/** No other tests, and no closed list of values. */
function hasOnly({ tests, oneOf, notOneOf }: Description, names: readonly string[]): boolean {
  const isKnown = tests.every(({ name }) => name !== undefined && names.includes(name));
  return isKnown && oneOf.length === 0 && notOneOf.length === 0;
}
