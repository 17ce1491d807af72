import { expect, test } from '@jest/globals';
import { apiUrl, shownUrl } from './api-url.js';

test.each([
  ['http://127.0.0.1:9000', 'http://127.0.0.1:9000/api/v1.0/'],
  ['http://127.0.0.1:9000/', 'http://127.0.0.1:9000/api/v1.0/'],
  ['https://host/drydock', 'https://host/drydock/api/v1.0/'],
  ['https://host/drydock/', 'https://host/drydock/api/v1.0/'],
  ['https://host/api', 'https://host/api/v1.0/'],
  ['https://host/drydock/api/v1.0/?x#y', 'https://host/drydock/api/v1.0/'],
  ['http://[::1]:9000', 'http://[::1]:9000/api/v1.0/'],
])('%s has its API at %s', (address, expected) => {
  expect(apiUrl(address).href).toBe(expected);
});

test.each(['', 'host:9000', '127.0.0.1:9000', 'ftp://host', 'http://', 'file:///x'])('%s is refused', (address) => {
  expect(() => apiUrl(address)).toThrow(/is not the URL of a Drydock API/);
});

test('credentials are neither shown in errors nor in addresses', () => {
  expect(() => apiUrl('ftp://me:hunter2@host')).toThrow(/"ftp:\/\/host"/);
  expect(shownUrl(apiUrl('http://me:hunter2@host'))).toBe('http://host/api/v1.0/');
});
