import type { Handler } from '../api-parts.js';

/** The machines that the provisioner knows now. */
export const listNodes: Handler = async ({ signal }, parts) => ({
  status: 200,
  body: await parts.inventory.listNodes(signal),
});
