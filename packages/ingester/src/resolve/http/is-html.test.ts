import { expect, test } from '@jest/globals';
import { isHtml } from './is-html.js';

test.each([
  ['<!DOCTYPE html><html>', undefined, true],
  ['\uFEFF\n  <html lang="en">', 'text/plain', true],
  ['<body>', undefined, true],
  ['<p>log in</p>', 'text/html; charset=utf-8', true],
  ['<?xml version="1.0"?>', 'text/html', true],
  ['<p>log in</p>', 'text/plain', false],
  ['kind: Region', 'text/html', false],
  ['<<: *base', 'text/html', false],
  ['--- # <html>', undefined, false],
  ['<htmlish>: 1', undefined, false],
  ['', 'text/html', false],
])('%j of type %s is a page: %s', (text, contentType, isPage) => {
  expect(isHtml(new TextEncoder().encode(text), contentType)).toBe(isPage);
});
