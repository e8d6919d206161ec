/** Numbers and times in words. Ranges always show both years, times always their zone. */
const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
const TIME = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  timeZoneName: 'short',
});
// A time that came without a zone is shown as it was written, which no reader's zone may shift.
const AS_WRITTEN = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  timeZone: 'UTC',
});
const UTC_DAY = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
});
const MONTH = new Intl.DateTimeFormat('en-GB', { month: 'short', year: 'numeric' });
const COUNT = new Intl.NumberFormat('en-GB');
export const DAY_MS = 86_400_000;

export const count = (n: number): string => COUNT.format(n);
export const many = (n: number, one: string, more = `${one}s`): string =>
  `${count(n)} ${n === 1 ? one : more}`;

/** Names by which things are told apart: of several with one name, all but the first are numbered. */
export const apart = (names: string[]): string[] =>
  names.map((name, i) => {
    const before = names.slice(0, i).filter((other) => other === name).length;
    return before ? `${name}, ${before + 1}` : name;
  });

export const day = (iso: string | null): string => (iso ? DAY.format(new Date(iso)) : 'no date');
/** A calendar day without a time, which no zone may shift. */
export const plainDay = (iso: string): string => UTC_DAY.format(new Date(`${iso.slice(0, 10)}T00:00:00Z`));
export const moment = (iso: string | null, assumed = false): string => {
  if (!iso) return 'no time given';
  return assumed ? `${AS_WRITTEN.format(new Date(iso))}, no zone given` : TIME.format(new Date(iso));
};
export const range = (first: string | null, last: string | null): string => {
  if (!first || !last) return day(first ?? last);
  const [a, b] = [day(first), day(last)];
  return a === b ? a : `${a} to ${b}`;
};

/** How long ago, in the few letters of a queue row. */
export const ago = (iso: string | null, now: number): string => {
  if (!iso) return '';
  const days = Math.floor((now - Date.parse(iso)) / DAY_MS);
  if (days < 1) return 'today';
  return days < 100 ? `${days} d` : MONTH.format(new Date(iso));
};

/** The local calendar day of a date, as YYYY-MM-DD. */
export const isoDay = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

const TAG = /^[a-z]{2,3}(-[a-z0-9]{2,8}){0,3}$/i;
/** A language tag for the page, or nothing: what a source calls a language may be anything. */
export const langOf = (tag: string | null): string | undefined => (tag && TAG.test(tag) ? tag : undefined);
