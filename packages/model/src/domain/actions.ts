/** Actions that a client may ask for (reference 01 §1.5). */
export const clientActions = [
  'validate_design',
  'verify_site',
  'prepare_site',
  'verify_nodes',
  'prepare_nodes',
  'deploy_nodes',
  'destroy_nodes',
  'relabel_nodes',
] as const;

/** Every top-level action; `noop` is internal. */
export const taskActions = [...clientActions, 'noop'] as const;

export type ClientAction = (typeof clientActions)[number];
export type TaskAction = (typeof taskActions)[number];

/** Whether an action reads the site design; `verify_site` looks at the provisioner only. */
export const needsDesign: Readonly<Record<TaskAction, boolean>> = {
  validate_design: true,
  verify_site: false,
  prepare_site: true,
  verify_nodes: true,
  prepare_nodes: true,
  deploy_nodes: true,
  destroy_nodes: true,
  relabel_nodes: true,
  noop: true,
};

export function isClientAction(value: unknown): value is ClientAction {
  return clientActions.some((action) => action === value);
}
