import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createReferenceResolver } from '../../src/resolve/create-reference-resolver.js';
import type { ReferencePolicy, ResolvedReference } from '../../src/resolve/reference-policy.js';
import { policyWith } from './policy-with.js';

const never = new AbortController().signal;

function resolve(reference: string, policy: ReferencePolicy): Promise<ResolvedReference> {
  return createReferenceResolver(policy).resolve(reference, never);
}

describe('a file reference', () => {
  let home: string;
  let root: string;

  beforeAll(async () => {
    home = await realpath(await mkdtemp(join(tmpdir(), 'drydock-ingester-')));
    root = join(home, 'designs');
    await mkdir(join(root, 'site'), { recursive: true });
    await mkdir(join(home, 'designs-of-others'));
    await writeFile(join(root, 'site', 'design one.yaml'), 'design');
    await writeFile(join(root, 'large.yaml'), 'x'.repeat(1001));
    await writeFile(join(home, 'secret'), 'secret');
    await writeFile(join(home, 'designs-of-others', 'design.yaml'), 'other');
    await symlink(join(home, 'secret'), join(root, 'link-out'));
    await symlink(home, join(root, 'directory-out'));
    await symlink(join(root, 'site', 'design one.yaml'), join(root, 'link-in'));
    await symlink(join(root, 'circle'), join(root, 'circle'));
    await symlink(root, join(home, 'link-to-root'));
  });

  afterAll(async () => {
    await rm(home, { recursive: true });
  });

  test.each([
    ['a file below a root', 'designs/site/design%20one.yaml', 'designs'],
    ['a link that stays below the root', 'designs/link-in', 'designs'],
    ['a root that is itself a link', 'link-to-root/site/design%20one.yaml', 'link-to-root'],
    ['dots that stay below the root', 'designs/x/../site/./design%20one.yaml', 'designs'],
  ])('reads %s', async (_name, path, allowedRoot) => {
    const policy = policyWith({ fileRoots: [join(home, 'none'), join(home, allowedRoot)] });
    const found = await resolve(`file://${home}/${path}`, policy);
    expect(Buffer.from(found.bytes).toString()).toBe('design');
    expect(found.source.startsWith(join(home, allowedRoot))).toBe(true);
  });

  test.each([
    ['outside the roots', 'secret', 'design_reference_refused'],
    ['that leads out by ..', 'designs/../secret', 'design_reference_refused'],
    ['that leads out by an encoded ..', 'designs/%2e%2e/secret', 'design_reference_refused'],
    ['with an encoded slash', 'designs/..%2fsecret', 'design_reference_refused'],
    ['with a null byte', 'designs/site%00', 'design_reference_refused'],
    ['that is a link out', 'designs/link-out', 'design_reference_refused'],
    ['below a directory that is a link out', 'designs/directory-out/secret', 'design_reference_refused'],
    ['in a directory whose name begins like the root', 'designs-of-others/design.yaml', 'design_reference_refused'],
    ['that is the root', 'designs', 'design_reference_refused'],
    ['that is a directory', 'designs/site', 'design_reference_refused'],
    ['that is too large', 'designs/large.yaml', 'design_too_large'],
    ['that is not there', 'designs/none.yaml', 'design_unavailable'],
    ['that is a link to itself', 'designs/circle', 'design_unavailable'],
    ['below a file', 'designs/large.yaml/x', 'design_unavailable'],
  ])('refuses one %s', async (_name, path, code) => {
    const policy = policyWith({ fileRoots: [root] });
    await expect(resolve(`file://${home}/${path}`, policy)).rejects.toMatchObject({ code });
  });

  test('refuses every file when no root is configured', async () => {
    await expect(resolve(`file://${root}/link-in`, policyWith())).rejects.toMatchObject({
      code: 'design_reference_refused',
    });
  });

  test('reads anew each time', async () => {
    const resolver = createReferenceResolver(policyWith({ fileRoots: [root] }));
    const texts: string[] = [];
    for (const text of ['one', 'two']) {
      await writeFile(join(root, 'changing.yaml'), text);
      const { bytes } = await resolver.resolve(`file://${root}/changing.yaml`, never);
      texts.push(Buffer.from(bytes).toString());
    }
    expect(texts).toEqual(['one', 'two']);
  });

  test('stops when it is asked to', async () => {
    const resolver = createReferenceResolver(policyWith({ fileRoots: [root] }));
    const reading = resolver.resolve(`file://${root}/link-in`, AbortSignal.abort());
    await expect(reading).rejects.toMatchObject({ code: 'design_unavailable' });
  });
});
