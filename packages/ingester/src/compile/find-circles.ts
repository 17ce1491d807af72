import type { SiteDocument } from '../parse/site-document.js';

/**
 * Circles of host profiles that inherit from one another, each as the names on it, first the one that sorts first, so
 * that a circle is told the same way from wherever it is entered.
 */
export function findCircles(profiles: readonly SiteDocument<'HostProfile'>[]): readonly (readonly string[])[] {
  const parents = new Map(profiles.map(({ name, body }) => [name, body.host_profile]));
  const circles: (readonly string[])[] = [];
  const done = new Set<string>();
  for (const { name: start } of profiles) {
    const path = new Set<string>();
    let name: string | null = start;
    while (name !== null && !done.has(name) && !path.has(name)) {
      path.add(name);
      name = parents.get(name) ?? null;
    }
    if (name !== null && path.has(name)) circles.push(beginningAtFirst([...path].slice([...path].indexOf(name))));
    for (const each of path) done.add(each);
  }
  return circles;
}

function beginningAtFirst(circle: readonly string[]): readonly string[] {
  const first = circle.reduce((least, name) => (name < least ? name : least));
  const index = circle.indexOf(first);
  return [...circle.slice(index), ...circle.slice(0, index)];
}
