import { array, boolean, mixed, number, object, string, type InferType } from 'yup';

/** Site-wide objects of MAAS, reduced to the fields that we use (reference 05 §5). */
export const vlanSchema = object({
  id: number().integer().required(),
  name: string().nullable().optional(),
  vid: number().integer().required(),
  fabric: string().optional(),
  fabric_id: number().integer().required(),
  mtu: number().integer().nullable().optional(),
  primary_rack: string().nullable().optional(),
  secondary_rack: string().nullable().optional(),
  dhcp_on: boolean().optional(),
  relay_vlan: mixed<{ readonly id: number }>().nullable().optional(),
});
export type VlanDocument = InferType<typeof vlanSchema>;

export const fabricSchema = object({
  id: number().integer().required(),
  name: string().required(),
  vlans: array(vlanSchema.required()).required(),
});
export type FabricDocument = InferType<typeof fabricSchema>;

export const subnetSchema = object({
  id: number().integer().required(),
  name: string().defined(),
  cidr: string().required(),
  gateway_ip: string().nullable().optional(),
  dns_servers: mixed<readonly string[] | string>().nullable().optional(),
  vlan: vlanSchema.required(),
});
export type SubnetDocument = InferType<typeof subnetSchema>;

export const ipRangeSchema = object({
  id: number().integer().required(),
  type: string().required(),
  start_ip: string().required(),
  end_ip: string().required(),
  subnet: object({ id: number().integer().required() }).required(),
});
export type IpRangeDocument = InferType<typeof ipRangeSchema>;

export const staticRouteSchema = object({
  id: number().integer().required(),
  source: object({ id: number().integer().required() }).required(),
  destination: object({ id: number().integer().required() }).required(),
  gateway_ip: string().required(),
  metric: number().integer().required(),
});
export type StaticRouteDocument = InferType<typeof staticRouteSchema>;

export const domainSchema = object({ id: number().integer().required(), name: string().required() });

export const tagSchema = object({
  name: string().required(),
  kernel_opts: string().nullable().optional(),
  definition: string().nullable().optional(),
});
export type TagDocument = InferType<typeof tagSchema>;

export const sshKeySchema = object({ id: number().integer().required(), key: string().required() });

export const repositorySchema = object({
  id: number().integer().required(),
  name: string().required(),
  url: string().defined(),
  distributions: array(string().defined()).optional(),
  disabled_pockets: array(string().defined()).optional(),
  disabled_components: array(string().defined()).optional(),
  components: array(string().defined()).optional(),
  arches: array(string().defined()).optional(),
  key: string().nullable().optional(),
});
export type RepositoryDocument = InferType<typeof repositorySchema>;

export const bootResourceSchema = object({ id: number().required(), name: string().required() });

export const rackSchema = object({
  system_id: string().required(),
  hostname: string().required(),
  interface_set: array(
    object({
      mac_address: string().nullable().optional(),
      vlan: object({ id: number().integer().required() }).nullable().optional(),
      links: array(object({ ip_address: string().nullable().optional() })).optional(),
    }),
  ).optional(),
  service_set: array(object({ name: string().required(), status: string().required() })).optional(),
});
export type RackDocument = InferType<typeof rackSchema>;

export const scriptResultSchema = object({
  id: number().required(),
  name: string().required(),
  result_type: number().integer().required(),
  updated: string().nullable().optional(),
  data: string().nullable().optional(),
});
export type ScriptResultDocument = InferType<typeof scriptResultSchema>;

/** Schema of a list of such objects. */
export const listOf = {
  fabrics: array(fabricSchema.required()).required(),
  subnets: array(subnetSchema.required()).required(),
  ipRanges: array(ipRangeSchema.required()).required(),
  staticRoutes: array(staticRouteSchema.required()).required(),
  domains: array(domainSchema.required()).required(),
  tags: array(tagSchema.required()).required(),
  sshKeys: array(sshKeySchema.required()).required(),
  repositories: array(repositorySchema.required()).required(),
  bootResources: array(bootResourceSchema.required()).required(),
  racks: array(rackSchema.required()).required(),
  scriptResults: array(scriptResultSchema.required()).required(),
};
