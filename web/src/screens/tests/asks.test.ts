import { expect, test } from 'vitest';
import { toSend } from '../asks/AddAd';
import { termsOf } from '../asks/ListSearch';
import { queryFrom } from '../asks/StartFrom';

const KNOWN = { contact: '', name: '', age: '', place: '' };

test('a list is a term a line, each once, first column of a table', () => {
  expect(termsOf('702 555 0134\r\n\n @river_lane \n702 555 0134\nname\tcity')).toEqual([
    '702 555 0134',
    '@river_lane',
    'name',
  ]);
  expect(termsOf(' \n\t\n')).toEqual([]);
});

test('what is known becomes a query, and what is not known is left out', () => {
  expect(queryFrom(KNOWN)).toBe('');
  expect(queryFrom({ ...KNOWN, contact: ' (702) 555-0134 ' })).toBe('(702) 555-0134');
  expect(queryFrom({ ...KNOWN, name: 'Amber Lee', age: '23', place: 'Las Vegas, NV' })).toBe(
    'name:"Amber Lee" age:23 (city:"Las Vegas" OR place:"Las Vegas*")',
  );
});

test('a quotation mark in a name does not break out of its term', () => {
  expect(queryFrom({ ...KNOWN, name: 'A" OR b' })).toBe('name:"A  OR b"');
});

test('an ad is sent as its text or as a saved page, never as both; no time stays no time', () => {
  const form = { body: 'text', title: '', url: '', site: '', city: '', region: '', country: '' };
  const times = { posted: '2026-01-20T08:00', seen: '', basis: '', source: '' };
  const sent = toSend({ ...form, ...times }, '<p>page</p>');
  expect([sent.body, sent.html]).toEqual(['', '<p>page</p>']);
  expect(sent.seen_at).toBeNull();
  expect(Date.parse(sent.posted_at!)).toBe(new Date('2026-01-20T08:00').getTime());
  expect(toSend({ ...form, ...times }, '').body).toBe('text');
});
