import { type FormEvent, useState } from 'react';
import { Dialog } from '../../ui/Dialog';

const quoted = (value: string): string =>
  /^[\w.@+-]+$/.test(value) ? value : `"${value.replaceAll('"', ' ')}"`;

/** The query that a few known things make; what is not known is left out. */
export const queryFrom = (known: Record<'contact' | 'name' | 'age' | 'place', string>): string => {
  const place = known.place.split(',')[0]?.trim() ?? '';
  return [
    known.contact.trim(),
    known.name.trim() && `name:${quoted(known.name.trim())}`,
    known.age.trim() && `age:${quoted(known.age.trim())}`,
    place && `(city:${quoted(place)} OR place:${quoted(place.concat('*'))})`,
  ]
    .filter(Boolean)
    .join(' ');
};

const FIELDS = [
  ['contact', 'Number, handle or e-mail', 'as it was given: (702) 555-0134, @river_lane'],
  ['name', 'Name used', 'names used are leads, never identities'],
  ['age', 'Age stated', 'ages in ads are often wrong'],
  ['place', 'City', ''],
] as const;

/** Start from what a call, a report or a missing-person notice gives. */
export const StartFrom = ({ onClose, onAsk }: { onClose: () => void; onAsk: (text: string) => void }) => {
  const [known, setKnown] = useState({ contact: '', name: '', age: '', place: '' });
  const query = queryFrom(known);
  const submit = (e: FormEvent) => {
    e.preventDefault();
    if (!query) return;
    onAsk(query);
    onClose();
  };
  return (
    <Dialog title="Start from what is known" onClose={onClose}>
      <form onSubmit={submit} className="form">
        {FIELDS.map(([name, label, hint]) => (
          <label key={name}>
            {label} {hint && <span className="hint">{hint}</span>}
            <input
              type="text"
              value={known[name]}
              autoComplete="off"
              spellCheck={false}
              maxLength={200}
              onChange={(e) => setKnown({ ...known, [name]: e.target.value })}
            />
          </label>
        ))}
        <p className="meta">
          {query ? (
            <>
              Searches for <code>{query}</code>
            </>
          ) : (
            'Fill in what is known; leave the rest empty.'
          )}
        </p>
        <p className="row">
          <button type="submit" className="button main" disabled={!query}>
            Search
          </button>
        </p>
      </form>
    </Dialog>
  );
};
