export { compiledNode, compiledSite, network, networkLink } from './compiled-design-builders.js';
export { type CallOptions, Died, MemoryStep } from './memory-step.js';
export { type PlainNode, plainSite, type PlainSite } from './plain-site.js';
export { createTestDatabase, type TestDatabase } from './test-database.js';
