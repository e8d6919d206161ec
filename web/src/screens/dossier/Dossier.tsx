import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { unread } from '../../lib/again';
import { getIdentity, type IdentityPage } from '../../lib/api.gen';
import { count, range } from '../../lib/format';
import { useKeys } from '../../lib/keys';
import { queueAddress } from '../../lib/pending';
import { navigate, useAddress, withParams } from '../../lib/router';
import { Icon } from '../../ui/Icon';
import { Link } from '../../ui/Link';
import { Kbd } from '../../ui/pieces';
import { NotRead } from '../../ui/NotRead';
import { LooksButton } from '../audit/Looks';
import { OutcomeDialog } from '../outcomes/OutcomeDialog';
import { Overview } from './Overview';
import { HistoryTab } from './HistoryTab';
import { LinksTab } from './LinksTab';
import { MovementTab } from './MovementTab';
import { type Pair, PairDialog } from './PairDialog';
import { Notes } from './Notes';
import { PhotosTab } from './PhotosTab';
import { Wordings } from './Wordings';

const TABS = [
  { name: 'overview', word: 'Overview', icon: 'layers' },
  { name: 'wording', word: 'Wording', icon: 'wording' },
  { name: 'links', word: 'Links', icon: 'share' },
  { name: 'movement', word: 'Movement', icon: 'map' },
  { name: 'photos', word: 'Photos', icon: 'photo' },
  { name: 'history', word: 'History', icon: 'history' },
  { name: 'notes', word: 'Notes', icon: 'note' },
] as const;

type TabName = (typeof TABS)[number]['name'];

const Figures = ({ page }: { page: IdentityPage }) => {
  const total = (kind: string) => page.identifiers.find((g) => g.kind === kind)?.total ?? 0;
  const counted: [number, string, string][] = [
    [page.ads, 'ad', 'ads'],
    [page.personas.length, 'persona', 'personas'],
    [total('phone'), 'phone', 'phones'],
    [total('name'), 'name', 'names'],
    [page.places.length, 'city', 'cities'],
  ];
  const facts: [string, string][] = [
    ...counted.map(([n, one, more]): [string, string] => [count(n), n === 1 ? one : more]),
    [range(page.first, page.last), 'posted'],
  ];
  return (
    <dl className="figures">
      {facts.map(([n, what]) => (
        <div key={what}>
          <dd>{n}</dd>
          <dt>{what}</dt>
        </div>
      ))}
    </dl>
  );
};

export const Dossier = ({ id }: { id: string }) => {
  const params = useAddress().searchParams;
  const tab: TabName = TABS.find((t) => t.name === params.get('tab'))?.name ?? 'overview';
  const page = useQuery({ queryKey: ['identity', id], queryFn: ({ signal }) => getIdentity(id, signal) });
  const [pair, setPair] = useState<Pair | null>(null);
  const [ending, setEnding] = useState(false);
  const tabs = useRef<HTMLElement>(null);
  const there = page.isSuccess;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a narrow window shows some tabs only
  useEffect(() => {
    tabs.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [tab, there]);
  const why = () => page.data?.lead && setPair({ lead: page.data.lead.id });
  const back = () => navigate(queueAddress(page.data?.lead?.id));
  const open = (name: string) => navigate(withParams({ tab: name === 'overview' ? null : name }));
  useKeys([
    ...TABS.map((t, i) => ({
      keys: [String(i + 1)],
      label: t.word,
      group: 'Dossier',
      run: () => open(t.name),
    })),
    { keys: ['b'], label: 'Why A and B belong together', group: 'Dossier', run: why },
    { keys: ['o'], label: 'What became of it', group: 'Dossier', run: () => setEnding(true) },
    { keys: ['Escape'], label: 'Back to the queue', group: 'Dossier', run: back },
  ]);
  if (unread(page) || !page.data)
    return (
      <NotRead
        of={page}
        heading="Dossier"
        what="The dossier could not be read"
        loading="Loading the dossier"
        lines={10}
      />
    );
  const data = page.data;
  return (
    <div className="dossier">
      <header className="dossier-head">
        <div>
          <p className="crumbs">
            <Link to={queueAddress(data.lead?.id)}>Triage</Link>
            <Icon name="right" size={13} />
            <code>{data.id}</code>
            {data.lead && <LooksButton thing={{ lead: data.lead.id }} />}
            <span className="caution">{data.caution}</span>
          </p>
          <h1>{data.lead?.title ?? data.title}</h1>
        </div>
        <Figures page={data} />
        {data.lead && (
          <p className="row">
            <button type="button" className="button" onClick={why} aria-keyshortcuts="b">
              <Icon name="share" size={15} /> Why together <Kbd k="b" />
            </button>
            <button type="button" className="button" onClick={() => setEnding(true)} aria-keyshortcuts="o">
              <Icon name="check" size={15} /> Outcome <Kbd k="o" />
            </button>
          </p>
        )}
      </header>
      <nav className="tabs" aria-label="Parts of the dossier" ref={tabs}>
        {TABS.map((t, i) => (
          <button
            key={t.name}
            type="button"
            aria-current={tab === t.name ? 'true' : undefined}
            onClick={() => open(t.name)}
          >
            <Icon name={t.icon} /> {t.word}
            <Kbd k={String(i + 1)} />
          </button>
        ))}
      </nav>
      {tab === 'overview' && <Overview page={data} onPair={(a, b) => setPair({ identity: id, a, b })} />}
      {tab === 'wording' && <Wordings id={id} />}
      {tab === 'links' && <LinksTab id={id} />}
      {tab === 'movement' && <MovementTab id={id} />}
      {tab === 'photos' && <PhotosTab id={id} />}
      {tab === 'history' && <HistoryTab id={id} />}
      {tab === 'notes' && <Notes id={id} />}
      {ending && data.lead && (
        <OutcomeDialog lead={data.lead.id} personas={data.personas} onClose={() => setEnding(false)} />
      )}
      {pair && <PairDialog pair={pair} onClose={() => setPair(null)} />}
    </div>
  );
};
