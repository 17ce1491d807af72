import type { Shape, ShapeOf } from '../shapes/shape.js';
import { bootActionShape } from './boot-action.js';
import { hardwareProfileShape } from './hardware-profile.js';
import { baremetalNodeShape, hostProfileShape } from './host-profile.js';
import { networkLinkShape } from './network-link.js';
import { networkShape } from './network.js';
import { rackShape } from './rack.js';
import { regionShape } from './region.js';

/** Every kind of document that is ours, and its shape (reference 02 §3). */
export const documentKinds = {
  Region: regionShape,
  Rack: rackShape,
  NetworkLink: networkLinkShape,
  Network: networkShape,
  HardwareProfile: hardwareProfileShape,
  HostProfile: hostProfileShape,
  BaremetalNode: baremetalNodeShape,
  BootAction: bootActionShape,
} as const satisfies Record<string, Shape<unknown>>;

export type DocumentKind = keyof typeof documentKinds;

/** What a document of a kind says, read and typed. */
export type BodyOf<K extends DocumentKind> = ShapeOf<(typeof documentKinds)[K]>;

export function isDocumentKind(kind: string): kind is DocumentKind {
  return Object.hasOwn(documentKinds, kind);
}
