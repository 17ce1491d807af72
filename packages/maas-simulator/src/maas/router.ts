import type { Route } from './call.js';

interface Branch {
  readonly fixed: Map<string, Branch>;
  parameter: { readonly name: string; readonly branch: Branch } | null;
  route: Route | null;
}

/** A route that fits a path, with the values of its parameters. */
export interface Match {
  readonly route: Route;
  readonly params: Record<string, string>;
}

/** A tree of path segments; the slash at the end counts, as in MAAS. */
export class Router {
  readonly #root: Branch = newBranch();

  constructor(routes: readonly Route[]) {
    for (const route of routes) this.#add(route);
  }

  /** Undefined when no route fits. */
  match(path: string): Match | undefined {
    const params: Record<string, string> = {};
    let branch = this.#root;
    for (const segment of path.split('/')) {
      const fixed = branch.fixed.get(segment);
      if (fixed !== undefined) {
        branch = fixed;
      } else if (branch.parameter !== null && segment !== '') {
        params[branch.parameter.name] = decodeURIComponent(segment);
        branch = branch.parameter.branch;
      } else {
        return undefined;
      }
    }
    return branch.route === null ? undefined : { route: branch.route, params };
  }

  #add(route: Route): void {
    let branch = this.#root;
    for (const segment of route.path.split('/')) branch = descend(branch, segment);
    if (branch.route !== null) throw new Error(`two routes for ${route.path}`);
    branch.route = route;
  }
}

function newBranch(): Branch {
  return { fixed: new Map(), parameter: null, route: null };
}

function descend(branch: Branch, segment: string): Branch {
  if (segment.startsWith(':')) {
    branch.parameter ??= { name: segment.slice(1), branch: newBranch() };
    if (branch.parameter.name !== segment.slice(1)) throw new Error(`two names for parameter ${segment}`);
    return branch.parameter.branch;
  }
  const known = branch.fixed.get(segment) ?? newBranch();
  branch.fixed.set(segment, known);
  return known;
}
