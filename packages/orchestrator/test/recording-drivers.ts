import type { DriverMethod, KubernetesDriver, NodeDriver, OobDriver } from '@drydock/model';

/** Drivers that do nothing and write down what they were told. */
export interface RecordingDrivers {
  readonly told: { readonly driver: string; readonly verb: string; readonly input: unknown }[];
  readonly node: NodeDriver;
  readonly oob: (...types: readonly string[]) => OobDriver;
  readonly kubernetes: KubernetesDriver;
}

export function recordingDrivers(): RecordingDrivers {
  const told: RecordingDrivers['told'] = [];
  const method =
    (driver: string, verb: string): DriverMethod<unknown> =>
    async (input) => {
      told.push({ driver, verb, input });
      return { kind: 'done', notes: [{ text: `${verb} is done`, isError: false, contextType: 'NA', context: 'NA' }] };
    };
  const driverOf = (name: string, fields: object): unknown =>
    new Proxy(fields, {
      get: (known, verb) => (verb in known ? Reflect.get(known, verb) : method(name, String(verb))),
    });
  return {
    told,
    node: driverOf('node', { name: 'default' }) as NodeDriver,
    oob: (...types) => driverOf(types.join('+'), { types }) as OobDriver,
    kubernetes: driverOf('kubernetes', {}) as KubernetesDriver,
  };
}
