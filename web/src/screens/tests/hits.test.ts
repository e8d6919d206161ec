import { expect, test } from 'vitest';
import type { AdHit, Segment } from '../../lib/api.gen';
import { calledBy, foundOf } from '../search/Groups';

test('a group says how many of its ads are found, and when all are', () => {
  expect(foundOf({ found: 12, ads: 57 })).toBe('12 of 57 ads found');
  expect(foundOf({ found: 1, ads: 1 })).toBe('all 1 ad found');
});

test('a group that is no lead is called by a name and a contact, never by what the site writes', () => {
  const said = (kind: string, label: string, site_own = false) => ({ kind, label, site_own }) as Segment;
  const ad = (...text: Segment[]) => ({ title: [], text }) as Pick<AdHit, 'title' | 'text'>;
  expect(calledBy([ad(said('phone', 'site', true), said('name', 'Dana')), ad(said('handle', '@dana'))])).toBe(
    'Dana, @dana',
  );
  expect(calledBy([ad()])).toBe('');
});
