import type { Query } from '@tanstack/react-query';
import { expect, test } from 'vitest';
import { outdated, unread } from '../again';
import { ApiError } from '../call';

const failed = (data: unknown, status: number) => ({
  isError: true,
  data,
  error: new ApiError(status, 'No'),
});

test('What was read stays where reading it again failed, and goes where it is withdrawn', () => {
  expect([0, 429, 500, 503].map((status) => unread(failed({}, status)))).toEqual(Array(4).fill(false));
  expect([401, 403, 404, 410].map((status) => unread(failed({}, status)))).toEqual(Array(4).fill(true));
});

test('What was never read is a failure, and no failure is none', () => {
  expect(unread(failed(undefined, 500))).toBe(true);
  expect(unread({ isError: false, data: undefined, error: null })).toBe(false);
});

test('Outdated is what failed and still stands there', () => {
  const read = (status: string, data: unknown, code: number) =>
    ({ state: { status, data, error: new ApiError(code, 'No') } }) as unknown as Query;
  const old = read('error', {}, 500);
  const others = [read('success', {}, 0), read('error', undefined, 500), read('error', {}, 404)];
  expect(outdated([...others, old])).toEqual([old]);
});
