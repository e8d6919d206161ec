import { type FormEvent, useEffect, useState } from 'react';
import type { Chip as ChipShape } from '../../lib/api.gen';
import type { ApiError } from '../../lib/call';
import { iconOf, tintOf, wordOf } from '../../lib/kinds';
import { Icon } from '../../ui/Icon';
import { Kbd } from '../../ui/pieces';
import { Empty } from '../../ui/states';

interface Props {
  text: string;
  chips: ChipShape[];
  refused: ApiError | null;
  onAsk: (text: string) => void;
}

/** A term as it was understood, with the way to drop it. */
export const QueryChip = ({ chip, onDrop }: { chip: ChipShape; onDrop: () => void }) => (
  <span className={`query-chip t-${chip.kind ? tintOf(chip.kind) : 'wording'}${chip.exclude ? ' out' : ''}`}>
    <Icon name={chip.kind ? iconOf(chip.kind) : 'wording'} size={13} />
    {chip.exclude && <span className="hint">without </span>}
    <span className="sr">{chip.kind ? wordOf(chip.kind) : 'Words'}: </span>
    <b>{chip.label}</b>
    <button type="button" aria-label={`Drop ${chip.label}`} title="Drop this term" onClick={onDrop}>
      <Icon name="dismiss" size={12} />
    </button>
  </span>
);

/** The query as written, and beneath it how it was understood. A refused query stays in the box. */
export const QueryBox = ({ text, chips, refused, onAsk }: Props) => {
  const [draft, setDraft] = useState(text);
  useEffect(() => setDraft(text), [text]);
  const submit = (e: FormEvent) => {
    e.preventDefault();
    onAsk(draft.trim());
  };
  return (
    <search>
      <form onSubmit={submit}>
        <div className="query-box">
          <Icon name="search" />
          <input
            id="query"
            type="search"
            aria-label="Search all ads"
            value={draft}
            onChange={(e) => setDraft(e.target.value)}
            onKeyDown={(e) => {
              if (e.key !== 'Escape') return;
              e.preventDefault(); // a browser would empty the box, while the search stays in force
              setDraft(text);
              e.currentTarget.blur();
            }}
            placeholder="Phone, handle, e-mail, name, words or place"
            autoComplete="off"
            spellCheck={false}
            maxLength={2000}
            aria-invalid={refused ? true : undefined}
            aria-describedby={refused ? 'refused' : undefined}
          />
          <Kbd k="/" />
          <button type="submit" className="button main">
            Search
          </button>
        </div>
        {refused && (
          <p className="refused" id="refused" role="alert">
            {refused.detail || refused.message}
          </p>
        )}
      </form>
      {chips.length > 0 && (
        <div className="read-as">
          <span className="hint">Read as</span>{' '}
          {chips.map((c, i) => (
            <QueryChip key={i} chip={c} onDrop={() => onAsk(c.without)} />
          ))}
        </div>
      )}
    </search>
  );
};

const EXAMPLES: [string, string][] = [
  ['quiet flat', 'both words, anywhere'],
  ['"quiet flat"', 'exactly this'],
  ['phone:702*', 'numbers that begin so'],
  ['name:Amber city:Reno', 'a name used, in a city'],
  ['-site:cityboard.test', 'without a site'],
  ['near:39.5,-119.8,50km', 'around a point'],
  ['from:2026-01-01 to:2026-02-01', 'between two days'],
  ['nearly~1', 'with one letter otherwise'],
  ['(this OR that)', 'either'],
];

/** What a search understands, shown where one could not be understood. */
export const HowToAsk = () => (
  <Empty title="Nothing was searched.">
    <p>Your words stay in the box. A search understands:</p>
    <dl className="examples">
      {EXAMPLES.map(([form, what]) => (
        <div key={form}>
          <dt>
            <code>{form}</code>
          </dt>
          <dd>{what}</dd>
        </div>
      ))}
    </dl>
  </Empty>
);
