import { useQuery } from '@tanstack/react-query';
import { unread } from '../../lib/again';
import { identityWordings, type WordingPage } from '../../lib/api.gen';
import { count, DAY_MS, many, range } from '../../lib/format';
import { wordOf } from '../../lib/kinds';
import { useKeys } from '../../lib/keys';
import { navigate, useAddress, withParams } from '../../lib/router';
import { Scroll } from '../../ui/Scroll';
import { Empty, Failed, Loading } from '../../ui/states';
import { WordingTable } from './WordingTable';

const Ticks = ({ w, from, to }: { w: WordingPage; from: number; to: number }) => {
  const at = (day: string) => (((Date.parse(day) - from) / Math.max(to - from, DAY_MS)) * 300).toFixed(1);
  return (
    <svg className="ticks" viewBox="0 0 300 16" preserveAspectRatio="none" aria-hidden="true">
      <path d={[...new Set(w.days)].map((d) => `M${at(d)} 2v12`).join('')} />
    </svg>
  );
};

const preview = (w: WordingPage): string =>
  w.pattern
    .map((p) => (p.slot ? ' ___ ' : p.text))
    .join('')
    .replace(/\s+/g, ' ')
    .trim();

const Card = ({
  w,
  number,
  chosen,
  days,
}: {
  w: WordingPage;
  number: number;
  chosen: boolean;
  days: [number, number];
}) => (
  <li>
    <button
      type="button"
      className="wording-card"
      aria-pressed={chosen}
      onClick={() => navigate(withParams({ w: String(number) }), true)}
    >
      <span className="line">
        <b>T{number}</b> <span>{many(w.ads, 'ad')}</span>
      </span>
      <Ticks w={w} from={days[0]} to={days[1]} />
      <span className="wording-preview">{preview(w)}</span>
      <small>
        {range(w.first, w.last)}
        {w.elsewhere > 0 && ` · ${many(w.elsewhere, 'ad')} elsewhere`}
      </small>
    </button>
  </li>
);

/** The wordings that a group's ads share: a list at the left, one of them ad by ad at the right. */
export const Wordings = ({ id }: { id: string }) => {
  const wanted = Number(useAddress().searchParams.get('w') ?? '1');
  const list = useQuery({
    queryKey: ['wordings', id],
    queryFn: ({ signal }) => identityWordings(id, signal),
  });
  const all = list.data?.wordings ?? [];
  const index = Math.min(Math.max(0, wanted - 1), Math.max(0, all.length - 1));
  const step = (by: number) => {
    const next = Math.max(0, Math.min(all.length - 1, index + by));
    navigate(withParams({ w: String(next + 1) }), true);
  };
  useKeys([
    { keys: ['j', 'ArrowDown'], label: 'Next wording', group: 'Dossier', run: () => step(1) },
    { keys: ['k', 'ArrowUp'], label: 'Previous wording', group: 'Dossier', run: () => step(-1) },
  ]);
  if (list.isPending)
    return (
      <div className="pad">
        <Loading what="Loading the wordings" />
      </div>
    );
  if (unread(list))
    return (
      <div className="pad">
        <Failed error={list.error} what="The wordings could not be read" retry={() => list.refetch()} />
      </div>
    );
  const days = all.flatMap((w) => w.days).map((d) => Date.parse(d));
  const extent: [number, number] = [Math.min(...days), Math.max(...days)];
  const shown = all[index];
  return (
    <div className="two-panes">
      <aside aria-label="Wordings">
        <Scroll label="Wordings, most used first" className="pane-scroll">
          <h2>
            Wordings <span className="hint">{count(all.length)}</span>
          </h2>
          <ul className="wording-cards">
            {all.map((w, i) => (
              <Card key={w.id} w={w} number={i + 1} chosen={i === index} days={extent} />
            ))}
          </ul>
          <p className="meta">
            One tick is one day with such an ad. Wordings are found by comparing ads word by word.{' '}
            {list.data.alone > 0 && `${many(list.data.alone, 'ad shares', 'ads share')} none. `}A wording may
            also come from a site’s form or from a service that writes ads: see who else uses it.
          </p>
        </Scroll>
      </aside>
      <section className="pane" aria-label="Wording, ad by ad">
        {shown ? (
          <WordingTable key={shown.id} id={id} w={shown} number={index + 1} />
        ) : (
          <Empty title="No two ads here share a wording.">
            <p>A wording counts when two ads say the same with other names, numbers or places.</p>
          </Empty>
        )}
      </section>
    </div>
  );
};

/** What a changing place is called. */
export const slotWord = (slot: string): string => (slot === 'words' ? 'other words' : wordOf(slot));
