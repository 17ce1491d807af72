/** Several callers that want one thing done at the same time have it done once, and all learn how it ended. */
export interface SharedAct {
  run(name: string, act: () => Promise<void>): Promise<void>;
}

export function createSharedAct(): SharedAct {
  const underWay = new Map<string, Promise<void>>();
  return {
    async run(name, act) {
      const present = underWay.get(name);
      if (present !== undefined) return await present;
      const begun = act().finally(() => underWay.delete(name));
      underWay.set(name, begun);
      return await begun;
    },
  };
}
