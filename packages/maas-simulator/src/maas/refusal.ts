/** An answer of MAAS that says no. Thrown by rules, written by the server. */
export class Refusal extends Error {
  constructor(
    readonly statusCode: number,
    readonly body: string,
    readonly contentType = 'text/plain; charset=utf-8',
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(body);
    this.name = 'Refusal';
  }
}

/** The forms that refusals take on the wire (05 §2.1). */
export const refuse = {
  /** 400 of a form: messages by field; `__all__` for the form as a whole. */
  field(field: string, message: string): Refusal {
    return new Refusal(400, JSON.stringify({ [field]: [message] }), 'application/json; charset=utf-8');
  },
  text(statusCode: number, message: string): Refusal {
    return new Refusal(statusCode, message);
  },
  missing(name: string): Refusal {
    return new Refusal(400, `No provided ${name}!`);
  },
  notFound(model: string): Refusal {
    return new Refusal(404, `No ${model} matches the given query.`);
  },
  state(message: string): Refusal {
    return new Refusal(409, message);
  },
} as const;
