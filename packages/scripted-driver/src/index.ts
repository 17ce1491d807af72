export { createScriptedDrivers, type ScriptedDrivers, type ScriptedSurroundings } from './create-scripted-drivers.js';
export { readEffects, type ScriptedEffect } from './effects-log.js';
export { parseScript } from './parse-script.js';
export type { Script, ScriptRow } from './script.js';
export type { ScriptedCall } from './scripted-method.js';
