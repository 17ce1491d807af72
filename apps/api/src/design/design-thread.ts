import { workerData } from 'node:worker_threads';
import { chooseTranslators } from '@drydock/ingester/compiler';
import { serveThread } from '@drydock/runtime/thread';
import { compileForWire } from './compile-for-wire.js';
import type { DesignAnswer, DesignThreadSettings, DesignWork } from './design-work.js';
import { selectForWire } from './select-for-wire.js';

const translators = chooseTranslators((workerData as DesignThreadSettings).formats);

serveThread<DesignWork, DesignAnswer>(
  (work) => (work.do === 'compile' ? compileForWire(work, new Date().toISOString(), translators) : selectForWire(work)),
  (answer) => ['document' in answer ? answer.document.buffer : answer.buffer],
);
