import { parseAddress, parseCidr } from '../../validate/ip-text.js';
import { quoteText } from './print-scalar.js';
import type { Shape } from './shape.js';

/** How a text must look that the schemas name a format for, which nothing checked (reference 02 §3). */
interface TextFormat {
  readonly name: string;
  readonly example: string;
  readonly fits: (text: string) => boolean;
  /** The text may hold a password and is never shown. */
  readonly isSecret?: boolean;
}

export const addressFormat: TextFormat = {
  name: 'an IP address',
  example: '10.0.0.1',
  fits: (text) => parseAddress(text) !== null,
};

export const cidrFormat: TextFormat = {
  name: 'an address with a prefix length',
  example: '10.0.0.0/24',
  fits: (text) => parseCidr(text) !== null,
};

export const macFormat: TextFormat = {
  name: 'a MAC address',
  example: '52:54:00:12:34:56',
  fits: (text) => /^[0-9a-f]{2}(?:[:-][0-9a-f]{2}){5}$/i.test(text),
};

export const uuidFormat: TextFormat = {
  name: 'a UUID',
  example: '0f5e8e5a-6d2c-4b2f-9d53-0b5c8f6f3a11',
  fits: (text) => /^[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}$/i.test(text),
};

export const urlFormat: TextFormat = {
  name: 'a URL',
  example: 'https://packages.example.test/',
  fits: (text) => URL.canParse(text),
  isSecret: true,
};

/** Text as the shape gives it, with a warning where it does not look as it should; one word about a value is enough. */
export function formatted(shape: Shape<string | null>, format: TextFormat): Shape<string | null> {
  return (value, at) => {
    const text = shape(value, at);
    if (text !== null && typeof value === 'string' && !isRemoval(text) && !format.fits(text)) {
      at.report('missedFormat', {
        message: `must be ${format.name}${format.isSecret === true ? '' : `, not ${quoteText(text)}`}`,
        advice: `write it as in ${format.example}`,
      });
    }
    return text;
  };
}

/** `!` takes away what a child would inherit (reference 02 §4.2). */
function isRemoval(text: string): boolean {
  return text === '!';
}
