import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { unread } from '../../lib/again';
import { deleteWatch, keepWatch, listWatches, lookWatch, type WatchRow } from '../../lib/api.gen';
import { apart, count, many, moment } from '../../lib/format';
import { keepSearch } from '../../lib/pending';
import { navigate } from '../../lib/router';
import { AdItem } from '../../ui/AdText';
import { Icon } from '../../ui/Icon';
import { Link } from '../../ui/Link';
import { NotRead } from '../../ui/NotRead';
import { Empty } from '../../ui/states';
import { say } from '../../ui/toast';
import { Said } from '../door/Page';

const news = (row: WatchRow) => {
  if (row.too_many) return 'Too many to tell which are new';
  return `${row.new ? count(row.new) : 'Nothing'} new`;
};

const DAY = 86_400_000;
const focusIt = (button: HTMLElement | null) => button?.focus();

/** Stands where a deleted watch stood, has the focus, and brings the watch back. */
const Gone = ({ row, onBack }: { row: WatchRow; onBack: () => void }) => {
  const client = useQueryClient();
  const back = useMutation({
    mutationFn: () => {
      const { kind, name, request } = row;
      const days = Math.max(1, Math.ceil((Date.parse(row.expires_at) - Date.now()) / DAY));
      return keepWatch({ kind, name, request, days });
    },
    onSuccess: async () => {
      say(`${row.name} is watched again. What it finds now counts as seen.`);
      await client.invalidateQueries({ queryKey: ['watches'] });
      onBack();
    },
  });
  return (
    <div className="row">
      <span className="break">{row.name} is watched no more.</span>
      <button
        ref={focusIt}
        type="button"
        className="button"
        aria-disabled={back.isPending}
        onClick={() => back.isPending || back.mutate()}
      >
        Undo<span className="sr">: watch {row.name} again</span>
      </button>
      <Said error={back.error} />
    </div>
  );
};

interface One {
  row: WatchRow;
  called: string;
  onEnd: (row: WatchRow) => void;
}

const Watch = ({ row, called, onEnd }: One) => {
  const client = useQueryClient();
  const again = () => client.invalidateQueries({ queryKey: ['watches'] });
  const look = useMutation({ mutationFn: () => lookWatch(row.id, {}), onSuccess: again });
  const end = useMutation({
    mutationFn: () => deleteWatch(row.id, {}),
    onSuccess: ({ sentence }) => {
      say(sentence);
      onEnd(row);
      return again();
    },
  });
  const open = () => {
    keepSearch(row.request);
    navigate('/search');
  };
  const seen = look.data;
  return (
    <section aria-label={called}>
      <h2 className="big">
        <Icon name={row.kind === 'search' ? 'search' : 'watch'} size={15} /> {row.name}
      </h2>
      <p>
        <b>{news(seen ?? row)}</b> since {moment(row.looked_at)}
        {seen && ', until now'}; {many(row.total, 'ad')} in all
      </p>
      <p className="meta">
        <code className="break">{row.request.text || 'filters only'}</code> · ends {moment(row.expires_at)}
      </p>
      <div className="row">
        <button
          type="button"
          className="button"
          aria-disabled={look.isPending}
          onClick={() => look.isPending || look.mutate()}
        >
          Look
        </button>
        <button type="button" className="button" onClick={open}>
          Open the search
        </button>
        <button
          type="button"
          className="button"
          aria-disabled={end.isPending}
          onClick={() => end.isPending || end.mutate()}
        >
          Delete<span className="sr"> {called}</span>
        </button>
      </div>
      <Said error={look.error ?? end.error} />
      {seen && seen.hits.length > 0 && (
        <div className="hits">
          {seen.hits.map((ad) => (
            <AdItem key={ad.id} ad={ad} showLead />
          ))}
          {seen.new > seen.hits.length && (
            <p className="hint">
              {count(seen.hits.length)} of {count(seen.new)}; the search shows them all.
            </p>
          )}
        </div>
      )}
    </section>
  );
};

/** One's saved searches and watched values, and what is new in each. */
export const Watches = () => {
  const list = useQuery({ queryKey: ['watches'], queryFn: ({ signal }) => listWatches(signal) });
  const [gone, setGone] = useState<WatchRow | null>(null);
  if (unread(list) || !list.data)
    return (
      <NotRead
        of={list}
        heading="Watches"
        what="Your watches could not be read"
        loading="Reading your watches"
      />
    );
  const { watches } = list.data;
  const called = apart(watches.map((row) => row.name));
  return (
    <div className="people">
      <h1>Watches</h1>
      <p className="meta">
        Searches and values that you look at again. They are yours alone; each look is written down.
      </p>
      {gone && <Gone key={gone.id} row={gone} onBack={() => setGone(null)} />}
      {watches.length === 0 && (
        <Empty title="You watch nothing yet.">
          <p>
            Press “Save this search” in <Link to="/search">Search</Link>, or “Watch” beside a value of an ad.
          </p>
        </Empty>
      )}
      {watches.map((row, i) => (
        <Watch key={row.id} row={row} called={called[i] ?? row.name} onEnd={setGone} />
      ))}
    </div>
  );
};
