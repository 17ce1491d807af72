import { string } from 'yup';
import { secretSetting } from '../config/secret-setting.js';

/** Which provisioner an app talks to; what stands for it is only known where it is wired. */
export const provisionerSettings = {
  nodeDriver: string().oneOf(['maas', 'scripted', 'none']).default('none').meta({ env: 'DRYDOCK_NODE_DRIVER' }),
  provisioner: string().default('default').meta({ env: 'DRYDOCK_PROVISIONER' }),
  maasUrl: string()
    .when('nodeDriver', { is: 'maas', then: (field) => field.required() })
    .meta({ env: 'MAAS_URL' }),
  maasApiKey: secretSetting('MAAS_API_KEY').when('nodeDriver', { is: 'maas', then: (field) => field.required() }),
};
