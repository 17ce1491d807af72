import { expect, test } from '@jest/globals';
import { Closers } from './closers.js';

test('closes in reverse order of adding, one after the other', async () => {
  const order: string[] = [];
  const closers = new Closers();
  closers.add('first', () => void order.push('first'));
  closers.add('second', async () => {
    order.push('second begins');
    await Promise.resolve();
    order.push('second ends');
  });
  await closers.close();
  expect(order).toEqual(['second begins', 'second ends', 'first']);
});

test('tries all, and reports every failure by name', async () => {
  const closed: string[] = [];
  const closers = new Closers();
  closers.add('pool', () => void closed.push('pool'));
  closers.add('queue', () => Promise.reject(new Error('gone')));
  closers.add('server', () => {
    throw new Error('busy');
  });
  await expect(closers.close()).rejects.toMatchObject({
    code: 'close_failed',
    message: 'not everything could be closed: server: busy; queue: gone',
  });
  expect(closed).toEqual(['pool']);
});

test('one that hangs is given up after its time, and the rest is closed', async () => {
  const closed: string[] = [];
  const closers = new Closers();
  closers.add('pool', () => void closed.push('pool'));
  closers.add('stuck', () => new Promise(() => undefined), 0.01);
  await expect(closers.close()).rejects.toThrow('stuck: did not close within 0.01 s');
  expect(closed).toEqual(['pool']);
});

test('closing twice at once closes everything once', async () => {
  let count = 0;
  const closers = new Closers();
  closers.add('pool', () => void (count += 1));
  await Promise.all([closers.close(), closers.close()]);
  expect(count).toBe(1);
});
