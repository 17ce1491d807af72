import { Form } from './form.js';
import { refuse } from './refusal.js';

/** Decodes a form in either encoding; multipart parts may be base64 (05 §2). */
export function parseBody(contentType: string | undefined, body: Buffer): Form {
  if (body.length === 0) return new Form();
  const [type = ''] = (contentType ?? '').split(';', 1);
  switch (type.trim().toLowerCase()) {
    case 'application/x-www-form-urlencoded':
      return Form.ofEntries(new URLSearchParams(body.toString('utf8')));
    case 'multipart/form-data':
      return parseMultipart(boundaryOf(contentType ?? ''), body);
    default:
      throw refuse.text(400, `Unsupported content type: ${contentType ?? 'none'}`);
  }
}

function boundaryOf(contentType: string): string {
  const match = /boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType);
  const boundary = match?.[1] ?? match?.[2];
  if (boundary === undefined) throw refuse.text(400, 'Invalid multipart body: no boundary');
  return boundary;
}

function parseMultipart(boundary: string, body: Buffer): Form {
  const form = new Form();
  const delimiter = Buffer.from(`--${boundary}`);
  let start = body.indexOf(delimiter);
  while (start !== -1) {
    const from = start + delimiter.length;
    const next = body.indexOf(delimiter, from);
    if (next === -1) break;
    addPart(form, body.subarray(from, next));
    start = next;
  }
  return form;
}

/** One part: line break, headers, empty line, content, line break. */
function addPart(form: Form, part: Buffer): void {
  const headerEnd = part.indexOf('\r\n\r\n');
  if (headerEnd === -1) throw refuse.text(400, 'Invalid multipart body: a part has no header');
  const header = part.subarray(0, headerEnd).toString('utf8');
  const name = /name="((?:[^"\\]|\\.)*)"/i.exec(header)?.[1];
  if (name === undefined) throw refuse.text(400, 'Invalid multipart body: a part has no name');
  const content = part.subarray(headerEnd + 4, part.length - 2);
  const isBase64 = /content-transfer-encoding:\s*base64/i.test(header);
  form.add(
    name,
    isBase64 ? Buffer.from(content.toString('latin1'), 'base64').toString('utf8') : content.toString('utf8'),
  );
}
