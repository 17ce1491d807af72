/**
 * Freezes plain data all the way down; nothing can change a design that several steps share. What is frozen already is
 * not walked again, so that a part which ten thousand nodes share costs once.
 */
export function freezeDeep<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  if (Array.isArray(value)) for (const item of value) freezeDeep<unknown>(item);
  else for (const key in value) freezeDeep(value[key]);
  return Object.freeze(value);
}
