import { expect, test } from 'vitest';
import { entriesFor } from '../rail';

const words = (role: string) => entriesFor(role).map((entry) => entry.word);

test('whoever may mark a lead as urgent finds the marks, as does whoever writes the contact sheet', () => {
  for (const role of ['analyst', 'case-lead', 'supervisor', 'administrator'])
    expect(words(role)).toContain('Urgent');
  for (const role of ['auditor', 'records-officer']) expect(words(role)).not.toContain('Urgent');
});

test('nobody is shown a screen that would refuse them', () => {
  expect(words('administrator')).toEqual(['Urgent', 'People']);
  expect(words('records-officer')).toEqual(['Triage', 'Cases', 'Records']);
  expect(words('external-reviewer')).toEqual(['Cases']);
  expect(words('ngo-reporter')).toEqual([]);
  expect(words('analyst')).toEqual(['Triage', 'Search', 'Cases', 'Watches', 'Urgent']);
});
