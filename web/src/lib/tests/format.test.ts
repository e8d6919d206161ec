import { expect, test } from 'vitest';
import { apart, moment } from '../format';

test('a time without a zone is shown as it was written, one with a zone where the reader is', () => {
  expect(moment('2026-05-12T22:15:00Z', true)).toBe('12 May 2026, 22:15, no zone given');
  expect(moment('2026-05-12T22:15:00Z')).not.toContain('no zone');
  expect(moment(null, true)).toBe('no time given');
});

test('things of one name are numbered, others are not', () => {
  expect(apart(['Reno', 'Amber', 'Reno', 'Reno'])).toEqual(['Reno', 'Amber', 'Reno, 2', 'Reno, 3']);
});
