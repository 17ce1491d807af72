import { restoreSecrets, restoreSiteSecrets, type DesignSecret } from '@drydock/model';
import type { StepMaterial } from './step-material.js';

/** The material with its secrets back where they were cut out: for one driver call, never stored, never logged. */
export function openSecrets(material: StepMaterial): StepMaterial {
  if (material.secrets.size === 0) return material;
  const nodeName = material.node?.name ?? null;
  const secrets = [...material.secrets].map(([path, value]): DesignSecret => ({ nodeName, path, value }));
  return {
    ...material,
    node: material.node && restoreSecrets(material.node, secrets),
    site: material.site && restoreSiteSecrets(material.site, secrets),
  };
}
