import { DrydockError } from '@drydock/model';
import type { Request, Response } from 'got';
import { joinBytes } from '../join-bytes.js';

/**
 * The body, decompressed; no more of it is taken in than the limit.
 * @throws DrydockError `design_too_large`
 */
export async function readBody(
  response: Response,
  stream: Request,
  { place, maxBytes }: { readonly place: string; readonly maxBytes: number },
): Promise<Uint8Array<ArrayBuffer>> {
  refuseEncoding(response, place);
  if (announcedBytes(response) > maxBytes) throw tooLarge(place, maxBytes);
  const chunks: Uint8Array[] = [];
  let total = 0;
  for await (const chunk of stream) {
    const bytes = chunk as Uint8Array;
    total += bytes.length;
    if (total > maxBytes) throw tooLarge(place, maxBytes);
    chunks.push(bytes);
  }
  return joinBytes(chunks);
}

/** got takes away the header of every encoding that it undoes. */
function refuseEncoding({ headers }: Response, place: string): void {
  const encoding = headers['content-encoding']?.toLowerCase() ?? 'identity';
  if (encoding === 'identity') return;
  throw new DrydockError(
    'design_unavailable',
    `${place} answered in the content encoding "${encoding}", which nobody asked for; let it send gzip or plain text`,
  );
}

/** 0 for a compressed body: its length says nothing of what is in it. */
function announcedBytes({ headers }: Response): number {
  const announced = Number(headers['content-length'] ?? 0);
  return Number.isFinite(announced) ? announced : 0;
}

function tooLarge(place: string, maxBytes: number): DrydockError {
  return new DrydockError('design_too_large', `${place} is larger than the limit of ${maxBytes} bytes`);
}
