const markupBegins = /^\uFEFF?\s*<(?:!doctype\s+html|html|head|body)\b/i;
const anyTagBegins = /^\uFEFF?\s*<[a-z!?]/i;
const looksAtBytes = 1024;

/**
 * Whether what came is a web page, like a log-in form, and not YAML. The content type alone proves nothing: some
 * servers call every text a page.
 */
export function isHtml(bytes: Uint8Array, contentType: string | undefined): boolean {
  const start = new TextDecoder().decode(bytes.subarray(0, looksAtBytes));
  return (/^text\/html\b/i.test(contentType ?? '') ? anyTagBegins : markupBegins).test(start);
}
