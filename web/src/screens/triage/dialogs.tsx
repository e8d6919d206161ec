import { type FormEvent, useState } from 'react';
import type { DismissReason } from '../../lib/api.gen';
import { DAY_MS, isoDay, plainDay } from '../../lib/format';
import { useKeys } from '../../lib/keys';
import { Dialog } from '../../ui/Dialog';
import { Kbd } from '../../ui/pieces';

const REASONS: [DismissReason, string][] = [
  ['spam', 'Spam'],
  ['scam', 'Scam'],
  ['duplicate', 'Duplicate of another lead'],
  ['checked-no-concern', 'Checked – no concern'],
  ['outside-our-area', 'Outside our area'],
  ['other', 'Other, in words'],
];

/** Why a lead is dismissed: one key, or for “other” a sentence. */
export const DismissDialog = ({
  onClose,
  onPick,
}: {
  onClose: () => void;
  onPick: (r: DismissReason, note: string) => void;
}) => {
  const [other, setOther] = useState(false);
  const [note, setNote] = useState('');
  const pick = (reason: DismissReason) => (reason === 'other' ? setOther(true) : onPick(reason, ''));
  useKeys(
    REASONS.map(([reason, label], i) => ({
      keys: [String(i + 1)],
      label,
      hidden: true,
      run: () => pick(reason),
    })),
  );
  const submit = (e: FormEvent) => {
    e.preventDefault();
    if (note.trim()) onPick('other', note.trim());
  };
  return (
    <Dialog title="Dismiss: for what reason?" onClose={onClose} keys>
      <div className="choices">
        {REASONS.map(([reason, label], i) => (
          <button key={reason} type="button" className="choice" onClick={() => pick(reason)}>
            <Kbd k={String(i + 1)} />
            {label}
          </button>
        ))}
      </div>
      {other && (
        <form onSubmit={submit} className="field-row">
          <label>
            Reason in words
            <input
              type="text"
              value={note}
              autoFocus
              maxLength={2000}
              onChange={(e) => setNote(e.target.value)}
            />
          </label>
          <button type="submit" className="button main" disabled={!note.trim()}>
            Dismiss
          </button>
        </form>
      )}
      <p className="meta">
        The kind of business advertised is no reason by itself. The decision is recorded with your name and
        can be undone.
      </p>
    </Dialog>
  );
};

const SPANS = [7, 14, 30];

export const SnoozeDialog = ({
  onClose,
  onPick,
}: {
  onClose: () => void;
  onPick: (until: string) => void;
}) => {
  const until = (days: number) => isoDay(Date.now() + days * DAY_MS);
  useKeys(
    SPANS.map((days, i) => ({
      keys: [String(i + 1)],
      label: `${days} days`,
      hidden: true,
      run: () => onPick(until(days)),
    })),
  );
  return (
    <Dialog title="Snooze: until when?" onClose={onClose} keys>
      <div className="choices">
        {SPANS.map((days, i) => (
          <button key={days} type="button" className="choice" onClick={() => onPick(until(days))}>
            <Kbd k={String(i + 1)} />
            {days} days <span className="hint">until {plainDay(until(days))}</span>
          </button>
        ))}
      </div>
    </Dialog>
  );
};
