import { listSetting } from './list-setting.js';

const laneName = /^[a-z0-9][a-z0-9-]{0,62}$/;

/** Names of lanes: they become parts of queue names. */
export const lanesSetting = listSetting('DRYDOCK_LANES')
  .default(['default'])
  .test(
    'lane names',
    '${path} must be lane names of a-z, 0-9 and "-", joined by commas',
    (lanes) => lanes.length > 0 && lanes.every((lane) => laneName.test(lane)),
  );
