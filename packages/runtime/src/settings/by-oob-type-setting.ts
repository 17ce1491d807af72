import type { ByOobType } from '@drydock/model';
import { mixed } from 'yup';

const part = /^(?:([^=\s]+)\s*=\s*)?(\d{1,9})$/;

/** `0`, or with numbers of single types `0,ipmi=5000`. What the text does not name keeps its default. */
export function byOobTypeSetting(variable: string, usual: ByOobType, least: number) {
  return mixed((value: unknown): value is ByOobType => typeof value === 'object' && value !== null)
    .transform((value: unknown) => (typeof value === 'string' ? parse(value, usual) : value))
    .default(usual)
    .typeError('${path} must be a whole number, and after it numbers of single types like ipmi=5000, joined by commas')
    .test('least', `\${path} must be ${least} or more for every type`, ({ others, byType }) =>
      [others, ...Object.values(byType)].every((number) => number >= least),
    )
    .meta({ env: variable });
}

/** A text with a part that is no number stays text. */
function parse(text: string, usual: ByOobType): ByOobType | string {
  let { others } = usual;
  const byType = new Map(Object.entries(usual.byType));
  for (const one of text.split(',')) {
    const [, type, count] = part.exec(one.trim()) ?? [];
    if (count === undefined) return text;
    if (type === undefined) others = Number(count);
    else byType.set(type, Number(count));
  }
  return { others, byType: Object.fromEntries(byType) };
}
