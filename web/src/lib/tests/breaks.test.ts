import { expect, test } from 'vitest';
import { counter, LONG, PAUSE } from '../breaks';

test('an hour of work suggests a pause, once', () => {
  const next = counter();
  const told = Array.from({ length: 2 * LONG }, () => next(true));
  expect(told.flatMap((said, i) => (said ? [i + 1] : []))).toEqual([LONG, 2 * LONG]);
});

test('a pause begins the hour anew, and reading without a key does not', () => {
  const next = counter();
  for (let i = PAUSE + 1; i < LONG; i++) next(true);
  for (let i = 0; i < PAUSE; i++) expect(next(false)).toBe(false);
  next(true);
  for (let i = 2; i < LONG; i++) expect(next(i % (PAUSE - 1) === 0)).toBe(false);
  expect(next(true)).toBe(true);
});
