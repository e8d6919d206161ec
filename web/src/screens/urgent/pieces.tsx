import { useEffect, useState } from 'react';
import type { UrgentMark } from '../../lib/api.gen';
import { many, moment } from '../../lib/format';
import { Note } from '../../ui/states';

export const KIND: Record<UrgentMark['kind'], string> = {
  'possible-child': 'Possible child',
  'immediate-danger': 'Immediate danger',
};

const SECOND = 1000;
const MINUTE = 60 * SECOND;

/** A stretch of time in words: seconds up to a minute, then minutes, then hours. */
export const stretch = (ms: number): string => {
  const minutes = Math.floor(ms / MINUTE);
  if (minutes < 1) return many(Math.max(0, Math.floor(ms / SECOND)), 'second');
  if (minutes < 120) return many(minutes, 'minute');
  return many(Math.floor(minutes / 60), 'hour');
};

/** How long a mark waits for the duty officer, or how long it did; `now` is the server's time. */
export const Clock = ({ mark, now }: { mark: UrgentMark; now: string }) => {
  const [opened] = useState(() => Date.now());
  const [at, tick] = useState(opened);
  const done = mark.acknowledged_at;
  useEffect(() => {
    if (done) return;
    const timer = setInterval(() => tick(Date.now()), SECOND);
    return () => clearInterval(timer);
  }, [done]);
  const since = Date.parse(mark.at);
  if (done)
    return (
      <p>
        Acknowledged by <b>{mark.acknowledged_by}</b> after {stretch(Date.parse(done) - since)}, at{' '}
        {moment(done)}.
      </p>
    );
  return (
    <p>
      Not acknowledged for <b className="num">{stretch(Date.parse(now) - since + (at - opened))}</b>, since{' '}
      {moment(mark.at)}.
    </p>
  );
};

/** The unit's own contact sheet, as it was written; how to write one where there is none. */
export const Sheet = ({ text, duty = false }: { text: string; duty?: boolean }) =>
  text ? (
    <section>
      <h2>Contact sheet</h2>
      <p className="sheet">{text}</p>
    </section>
  ) : (
    <Note tone="warn" icon="warn">
      <p>
        <b>This unit has no contact sheet yet.</b> A supervisor or an administrator writes it on the screen
        Urgent. {!duty && 'Call your duty officer now. '}Where danger is immediate, call the emergency number.
      </p>
    </Note>
  );
