import type { LookRow } from './api.gen';

/** What somebody looked at in one go: opening a dossier asks for several things within seconds. */
export interface Opening {
  last: LookRow; // the newest of them
  first: string; // when it began
  whats: string[]; // what was looked at, each once, as it was opened
}

const TOGETHER = 5_000; // milliseconds from one look to the next

const goesOn = (newer: LookRow, older: LookRow, since: string): boolean =>
  newer.act === 'look' &&
  older.act === 'look' &&
  newer.actor === older.actor &&
  newer.role === older.role &&
  newer.purpose === older.purpose &&
  Math.abs(Date.parse(since) - Date.parse(older.at)) <= TOGETHER;

/** Put looks (newest first) together that one person made in one go; no other act is put together. */
export const openings = (rows: readonly LookRow[]): Opening[] => {
  const out: Opening[] = [];
  for (const row of rows) {
    const now = out.at(-1);
    if (now && goesOn(now.last, row, now.first)) {
      now.first = row.at;
      now.whats = [row.what, ...now.whats.filter((what) => what !== row.what)];
    } else out.push({ last: row, first: row.at, whats: [row.what] });
  }
  return out;
};
