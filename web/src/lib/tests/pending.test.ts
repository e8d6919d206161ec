import { expect, test } from 'vitest';
import { keepQueue, queueAddress } from '../pending';

test('one comes back to the queue that was looked at, with the lead chosen in it', () => {
  expect(queueAddress('l1')).toBe('/triage?view=all&lead=l1');
  keepQueue(new URLSearchParams('place=Reno&lead=l0'));
  expect(queueAddress('l2')).toBe('/triage?place=Reno&lead=l2');
  keepQueue(new URLSearchParams(''));
  expect(queueAddress(undefined)).toBe('/triage?');
});
