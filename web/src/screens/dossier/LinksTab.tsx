import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { unread } from '../../lib/again';
import { identityLinks, type LinkEdge, type LinkNode, type LinksPage } from '../../lib/api.gen';
import { count, many, range } from '../../lib/format';
import { iconOf, tintOf, wordOf } from '../../lib/kinds';
import { useKeys } from '../../lib/keys';
import { Graph } from '../../ui/Graph';
import { Icon } from '../../ui/Icon';
import { Empty, Failed, Loading } from '../../ui/states';
import { Twin } from '../../ui/Twin';
import { type GraphLink, type GraphNode, linksFrom } from '../../viz/graph';
import { AdsDialog } from './AdsDialog';
import { LinkList } from './LinkList';

const LEGEND = ['phone', 'handle', 'email', 'name', 'photo', 'wording', 'neighbour'] as const;
const FEW = 12; // groups beside this one that do not crowd the picture
const wordFor = (strength: number): string =>
  strength >= 0.9 ? 'strong' : strength >= 0.7 ? 'good' : 'weak';

/** What the picture needs of a page: nodes and links by id, the edges kept beside them. */
const shapes = (page: LinksPage, withOthers: boolean) => {
  const kept = page.nodes.filter((n) => withOthers || n.kind !== 'neighbour');
  const nodes: GraphNode[] = kept.map((n) => ({
    id: n.id,
    kind: n.kind,
    tint: tintOf(n.kind),
    label:
      n.kind === 'wording'
        ? n.label
            .replaceAll(/‹[^›]*›/g, '')
            .replaceAll(/\s+/g, ' ')
            .trim()
            .slice(0, 20)
            .concat('…')
        : n.label,
    ads: n.ads,
    common: n.common !== '',
    other: n.kind === 'neighbour' || n.kind === 'community',
  }));
  const links: (GraphLink & { edge: LinkEdge })[] = page.edges.flatMap((edge) => {
    const [a, b] = [page.nodes[edge.a], page.nodes[edge.b]];
    return a && b ? [{ a: a.id, b: b.id, strength: edge.strength, ads: edge.ads, edge }] : [];
  });
  return { nodes, links };
};

const Legend = ({ page }: { page: LinksPage }) => {
  const there = new Set<string>(page.nodes.map((n) => n.kind));
  return (
    <p className="graph-legend">
      {LEGEND.filter((k) => there.has(k)).map((k) => (
        <span key={k} className={`t-${tintOf(k)}`}>
          <i className={k === 'neighbour' ? 'square' : ''} /> {k === 'name' ? 'Name used' : wordOf(k)}
        </span>
      ))}
      <span>
        <i className="thick" /> more ads
      </span>
      <span>
        <i className="dashed" /> weak
      </span>
    </p>
  );
};

/** What ties a group: its values, wordings, photos and the groups beside it; never ads as nodes. */
export const LinksTab = ({ id }: { id: string }) => {
  const [community, setCommunity] = useState<number | null>(null);
  const [least, setLeast] = useState(0.4);
  const [focus, setFocus] = useState<string | null>(null);
  const [shown, setShown] = useState<LinkEdge | null>(null);
  const list = useQuery({
    queryKey: ['links', id, community],
    queryFn: ({ signal }) => identityLinks(id, { community }, signal),
  });
  const page = list.data;
  const beside = page?.nodes.filter((n) => n.kind === 'neighbour').length ?? 0;
  const [others, setOthers] = useState<boolean | null>(null);
  const withOthers = others ?? beside <= FEW;
  const made = useMemo(() => (page ? shapes(page, withOthers) : null), [page, withOthers]);
  const drawn = useMemo(() => (made ? linksFrom(made.nodes, made.links, least) : []), [made, least]);
  const open = (n: LinkNode) => {
    setFocus(null);
    setCommunity(n.community);
  };
  useKeys([
    { keys: ['x'], label: 'Show all links', group: 'Links', run: () => setFocus(null) },
    {
      keys: ['['],
      label: 'Weaker links too',
      group: 'Links',
      run: () => setLeast((v) => Math.max(0, v - 0.1)),
    },
    {
      keys: [']'],
      label: 'Stronger links only',
      group: 'Links',
      run: () => setLeast((v) => Math.min(1, v + 0.1)),
    },
  ]);
  if (list.isPending)
    return (
      <div className="pad">
        <Loading lines={8} what="Loading the links" />
      </div>
    );
  if (unread(list) || !page || !made)
    return (
      <div className="pad">
        <Failed error={list.error} what="The links could not be read" retry={() => list.refetch()} />
      </div>
    );
  if (!page.nodes.length)
    return <Empty title="These ads state no contact, name, wording or photo that could be drawn." />;
  const node = focus === null ? null : (page.nodes.find((n) => n.id === focus) ?? null);
  return (
    <div className="links-tab">
      <section className="links-picture" aria-label="Picture of the links">
        <Graph
          label={`Picture of ${many(page.nodes.length, 'node')} and ${many(drawn.length, 'link')}; the list beside it has the same facts.`}
          nodes={made.nodes}
          all={made.links}
          links={drawn}
          focus={focus}
          onPick={setFocus}
        />
        <Legend page={page} />
      </section>
      <aside className="links-side" aria-label="Links in words">
        <div className="links-controls">
          <label>
            Show links of at least <b>{wordFor(least)}</b> strength ({Math.round(least * 100)}&nbsp;%)
            <input
              type="range"
              min={0}
              max={1}
              step={0.05}
              value={least}
              aria-valuetext={`${Math.round(least * 100)} percent, ${wordFor(least)}`}
              onChange={(e) => setLeast(Number(e.target.value))}
            />
          </label>
          <Twin summary="What the strength says, and how sure it is">
            {() => (
              <p className="meta">
                {page.numbers.are.strength?.replaceAll('`', '')}. Error rate: {page.numbers.error_rate}.
              </p>
            )}
          </Twin>
          {page.folded && (
            <p className="meta">
              {count(page.nodes_total)} nodes are too many to read: communities stand for theirs. Choose one
              to open it.
            </p>
          )}
          {beside > 0 && (
            <label className="check">
              <input type="checkbox" checked={withOthers} onChange={(e) => setOthers(e.target.checked)} />
              {many(beside, 'other group')} beside it
            </label>
          )}
          {community !== null && (
            <button type="button" className="button" onClick={() => setCommunity(null)}>
              <Icon name="left" size={14} /> Back to the whole picture
            </button>
          )}
          {node && (
            <div className="links-node">
              <p className="meta">
                <Icon name={iconOf(node.kind)} size={13} /> {wordOf(node.kind)} <b>{node.label}</b> in{' '}
                {many(node.ads, 'ad')}, {range(node.first, node.last)}.
                {node.common && ` It joins nothing here: ${node.common}.`}
              </p>
              {node.kind === 'community' && (
                <button type="button" className="button" onClick={() => open(node)}>
                  Open its {many(node.nodes, 'node')}
                </button>
              )}
            </div>
          )}
        </div>
        <LinkList
          page={page}
          least={least}
          withOthers={withOthers}
          focus={node}
          onFocus={setFocus}
          onAds={setShown}
        />
      </aside>
      {shown && (
        <AdsDialog
          identity={id}
          title={shown.reason}
          ids={shown.ad_ids}
          total={shown.ads}
          onClose={() => setShown(null)}
        />
      )}
    </div>
  );
};
