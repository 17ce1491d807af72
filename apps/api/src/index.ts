export { createApp } from './app.js';
export { type ApiConfig, readApiConfig } from './config.js';
export { type RunningApi, startApi } from './wire.js';
