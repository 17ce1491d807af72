import type { Handler } from '../api-parts.js';

const body = { 'v1.0': { path: '/api/v1.0', status: 'stable' } };

export const versions: Handler = async () => ({ status: 200, body });
