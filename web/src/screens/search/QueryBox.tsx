import { type FormEvent, useEffect, useState } from 'react';
import type { Chip as ChipShape } from '../../lib/api.gen';
import type { ApiError } from '../../lib/call';
import { Chip } from '../../ui/AdText';
import { Icon } from '../../ui/Icon';
import { Kbd } from '../../ui/pieces';

interface Props {
  text: string;
  chips: ChipShape[];
  refused: ApiError | null;
  onAsk: (text: string) => void;
}

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
            <b>{refused.message}.</b> {refused.detail}
          </p>
        )}
        {chips.length > 0 && (
          <p className="read-as">
            <span className="hint">Read as</span>{' '}
            {chips.map((c, i) => (
              <span key={i} className={c.exclude ? 'excluded' : ''}>
                {c.exclude && <span className="hint">without </span>}
                <Chip kind={c.kind || 'wording'} label={c.text} />
              </span>
            ))}
          </p>
        )}
      </form>
    </search>
  );
};
