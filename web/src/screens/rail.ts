/** The screens of the rail: each role is shown what the table of permission lets it use. */
const READ_NO_AD = ['administrator', 'auditor', 'external-reviewer', 'ngo-reporter'];
const OF_NO_CASE = ['administrator', 'auditor', 'ngo-reporter'];
const SEARCH_NONE = [...READ_NO_AD, 'records-officer'];

/** Whether a role reads ads, and whether it looks for them: as long as none is known, nothing is left out. */
export const readsAds = (role: string): boolean => !READ_NO_AD.includes(role);
export const searches = (role: string): boolean => !SEARCH_NONE.includes(role);
const among =
  (...roles: string[]) =>
  (role: string): boolean =>
    roles.includes(role);

const ENTRIES = [
  { at: 'triage', key: 'g t', icon: 'triage', word: 'Triage', of: readsAds },
  { at: 'search', key: 'g s', icon: 'search', word: 'Search', of: searches },
  {
    at: 'cases',
    key: 'g c',
    icon: 'folder',
    word: 'Cases',
    of: (role: string) => !OF_NO_CASE.includes(role),
  },
  { at: 'watches', key: 'g w', icon: 'watch', word: 'Watches', of: searches },
  {
    at: 'urgent',
    key: 'g u',
    icon: 'priority',
    word: 'Urgent',
    of: (role: string) => searches(role) || role === 'administrator', // who writes the contact sheet
  },
  {
    at: 'people',
    key: 'g m',
    icon: 'people',
    word: 'People',
    of: among('administrator', 'supervisor', 'auditor'),
  },
  { at: 'audit', key: 'g a', icon: 'shield', word: 'Audit', of: among('auditor', 'demo', 'test') },
  {
    at: 'records',
    key: 'g r',
    icon: 'layers',
    word: 'Records',
    of: among('records-officer', 'demo', 'test'),
  },
] as const;

export const entriesFor = (role: string) => ENTRIES.filter((entry) => entry.of(role));
