/** The worker's setting that chooses its set of drivers, as messages name it. */
export const driverSetting = 'DRYDOCK_NODE_DRIVER';
