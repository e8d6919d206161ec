import { useInfiniteQuery } from '@tanstack/react-query';
import { unread } from '../../lib/again';
import { type AdHit, type FoundGroup, type SearchRequest, searchGroups } from '../../lib/api.gen';
import { count, many, range } from '../../lib/format';
import { AdItem } from '../../ui/AdText';
import { Link } from '../../ui/Link';
import { More } from '../../ui/More';
import { Failed, Loading, Note } from '../../ui/states';

/** How many of a group's ads are found, and over which days. */
export const foundOf = (g: Pick<FoundGroup, 'found' | 'ads'>): string =>
  g.found === g.ads ? `all ${many(g.ads, 'ad')} found` : `${count(g.found)} of ${many(g.ads, 'ad')} found`;

/** What tells a group that is no lead from others: a name and a number that its newest ads say. */
export const calledBy = (hits: readonly Pick<AdHit, 'title' | 'text'>[]): string => {
  const said = hits.flatMap((ad) => [...ad.title, ...ad.text]).filter((s) => !s.site_own);
  const first = (kind: string) => said.find((s) => s.kind === kind)?.label;
  return [first('name'), first('phone') ?? first('handle') ?? first('email')].filter(Boolean).join(', ');
};

const headOf = (g: FoundGroup): string => {
  if (g.lead) return g.title || `Lead ${count(g.rank ?? 0)}`;
  const called = calledBy(g.hits);
  return called ? `No lead: ${called}` : 'A group that is no lead';
};

const Group = ({ group }: { group: FoundGroup }) => (
  <section className="hit-group">
    <h2 className="big">
      <Link to={`/identity/${group.identity}`}>{headOf(group)}</Link>
    </h2>
    <p className="meta">
      {group.lead && `Lead ${count(group.rank ?? 0)}, not a finding · `}
      <b>{foundOf(group)}</b> · {range(group.first, group.last)}
      {group.found > group.hits.length && ` · the newest ${count(group.hits.length)}:`}
    </p>
    {group.hits.map((ad) => (
      <AdItem key={ad.id} ad={ad} />
    ))}
  </section>
);

/** All that a search finds, by group: every hit is counted on the server, the newest of each are shown. */
export const Groups = ({ request }: { request: SearchRequest }) => {
  const { text, filters, first, last } = request;
  const asked = { text, filters, first, last };
  const found = useInfiniteQuery({
    queryKey: ['groups', asked],
    queryFn: ({ pageParam, signal }) => searchGroups({ ...asked, after: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
  if (found.isPending) return <Loading lines={8} what="Grouping what is found" />;
  if (unread(found))
    return <Failed error={found.error} what="The groups could not be read" retry={() => found.refetch()} />;
  const page = found.data.pages[0]!;
  const groups = found.data.pages.flatMap((p) => p.groups);
  if (page.too_many)
    return (
      <Note icon="info">
        {many(page.ads, 'ad')} are too many to group: up to {count(page.most)} are. Narrow the search, or list
        the ads.
      </Note>
    );
  return (
    <>
      <p className="meta" aria-live="polite">
        {many(page.total, 'group')}, {many(page.leads, 'lead')} among them; most found ads first.
        {page.loose > 0 && ` ${many(page.loose, 'ad')} in no group yet: the next refresh places them.`}
      </p>
      {groups.map((group) => (
        <Group key={group.identity} group={group} />
      ))}
      <More pages={found} of="groups" shown={groups.length} total={page.total} />
    </>
  );
};
