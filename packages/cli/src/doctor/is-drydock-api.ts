import { get } from 'node:http';

const answerSeconds = 2;
const longestAnswer = 4096;

/** Whether a Drydock API answers at a port of the loopback address: `GET /versions` tells (reference 01 §1). */
export function isDrydockApi(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const signal = AbortSignal.timeout(answerSeconds * 1000);
    const request = get({ host: '127.0.0.1', port, path: '/versions', agent: false, signal }, (response) => {
      let text = '';
      const settle = (isOurs: boolean): void => {
        resolve(isOurs);
        response.destroy();
      };
      response.setEncoding('utf8').on('data', (part: string) => {
        text += part;
        if (text.length > longestAnswer) settle(false);
      });
      response.once('end', () => settle(response.statusCode === 200 && namesOurVersion(text)));
      response.once('error', () => settle(false));
    });
    request.once('error', () => resolve(false));
  });
}

function namesOurVersion(text: string): boolean {
  try {
    const versions = JSON.parse(text) as { readonly 'v1.0'?: { readonly path?: unknown } } | null;
    return versions?.['v1.0']?.path === '/api/v1.0';
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}
