import type { CaseRow } from '../../lib/api.gen';

const OF_IT = ['lead', 'member', 'break-glass'];
const TEAM = ['analyst', 'case-lead', 'supervisor', 'local'];
const MAKE = [...TEAM, 'demo', 'test'];

/** What a case is to whoever looks. */
export const RELATION: Record<string, string> = {
  lead: 'you lead it',
  member: 'you are of it',
  'break-glass': 'emergency access',
  none: 'you know of it',
  sealed: 'sealed to you',
};

/** What somebody of a role may do with a case; the server's table of permission decides all the same. */
export const mayMake = (role: string): boolean => MAKE.includes(role);
export const mayRead = (one: CaseRow): boolean => OF_IT.includes(one.relation);
export const mayChange = (one: CaseRow, role: string): boolean => one.relation === 'lead' && mayMake(role);
export const mayName = (one: CaseRow, role: string): boolean =>
  mayChange(one, role) || (role === 'supervisor' && ['none', 'member'].includes(one.relation));
export const mayBreak = (one: CaseRow, role: string): boolean =>
  one.relation === 'none' && TEAM.includes(role);
