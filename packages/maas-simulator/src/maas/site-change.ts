import type { Call, Handler } from './call.js';

/** A handler that changes the site: whatever it changes, no cached document outlives it. */
export function changingSite(run: Handler): Handler {
  return (call: Call) => {
    call.world.site.revision++;
    return run(call);
  };
}
