export { serveThread } from './threads/serve-thread.js';
