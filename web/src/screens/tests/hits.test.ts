import { expect, test } from 'vitest';
import { foundOf } from '../search/Groups';

test('a group says how many of its ads are found, and when all are', () => {
  expect(foundOf({ found: 12, ads: 57 })).toBe('12 of 57 ads found');
  expect(foundOf({ found: 1, ads: 1 })).toBe('all 1 ad found');
});
