interface Asked<Question, Answer> {
  readonly question: Question;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

/** Reads what is asked for in one turn of the event loop with one statement. */
export class GatheredReads<Question, Answer> {
  private asked: Asked<Question, Answer>[] = [];

  /** @param readAll gives an answer for each question, in their order */
  constructor(private readonly readAll: (questions: readonly Question[]) => Promise<readonly Answer[]>) {}

  read(question: Question): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.asked.push({ question, resolve, reject });
      if (this.asked.length === 1) setImmediate(() => void this.answerAll());
    });
  }

  private async answerAll(): Promise<void> {
    const asked = this.asked;
    this.asked = [];
    try {
      const answers = await this.readAll(asked.map(({ question }) => question));
      for (const [index, { resolve, reject }] of asked.entries()) {
        const answer = answers[index];
        if (answer === undefined) reject(new Error(`${asked.length} reads were answered with ${answers.length}`));
        else resolve(answer);
      }
    } catch (error) {
      for (const { reject } of asked) reject(error);
    }
  }
}
