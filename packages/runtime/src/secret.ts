import { inspect } from 'node:util';

const shown = '[redacted]';

/** A value that must not be printed: whatever turns it into text gets `[redacted]`. Only `reveal` gives it. */
export class Secret<Value = string> {
  readonly #value: Value;

  constructor(value: Value) {
    this.#value = value;
  }

  /** The value itself, for the one call that needs it. */
  reveal(): Value {
    return this.#value;
  }

  toString(): string {
    return shown;
  }

  toJSON(): string {
    return shown;
  }

  [inspect.custom](): string {
    return shown;
  }
}
