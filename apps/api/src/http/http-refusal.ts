/** Refusals that only HTTP knows; all others are codes of the model's errors. */
export const httpRefusals = {
  method_not_allowed: 405,
  body_too_large: 413,
  unsupported_media_type: 415,
} as const satisfies Record<string, number>;

/** The message names the thing and the next action. */
export class HttpRefusal extends Error {
  override readonly name = 'HttpRefusal';
  readonly status: number;

  constructor(
    code: keyof typeof httpRefusals,
    message: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.status = httpRefusals[code];
  }
}
