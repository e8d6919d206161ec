import type { AdHit } from '../../lib/api.gen';
import { count, many } from '../../lib/format';
import { AdItem } from '../../ui/AdText';
import { Link } from '../../ui/Link';

export interface Grouped {
  identity: string | null;
  ads: AdHit[];
}

/** Ads by the group they belong to, in the order of each group's first ad; ads of no group come last. */
export const byIdentity = (ads: readonly AdHit[]): Grouped[] => {
  const found = new Map<string | null, AdHit[]>();
  for (const ad of ads) found.set(ad.identity, [...(found.get(ad.identity) ?? []), ad]);
  const groups = [...found].map(([identity, of]) => ({ identity, ads: of }));
  return [...groups.filter((g) => g.identity !== null), ...groups.filter((g) => g.identity === null)];
};

const Head = ({ group }: { group: Grouped }) => {
  const first = group.ads[0]!;
  if (group.identity === null)
    return (
      <h2>
        In no group yet{' '}
        <span className="hint">{many(group.ads.length, 'ad')}; the next refresh places them</span>
      </h2>
    );
  return (
    <>
      <h2 className="big">
        <Link to={`/identity/${group.identity}`}>
          {first.lead ? first.lead_title || `Lead ${count(first.lead_rank ?? 0)}` : 'A group that is no lead'}
        </Link>
      </h2>
      <p className="meta">
        {first.lead && `Lead ${count(first.lead_rank ?? 0)}, not a finding · `}
        {many(group.ads.length, 'ad')} of those listed
      </p>
    </>
  );
};

/** Found ads, one after the other or by the group they belong to. */
export const Hits = ({ ads, grouped }: { ads: readonly AdHit[]; grouped: boolean }) =>
  grouped
    ? byIdentity(ads).map((group) => (
        <section key={group.identity ?? ''} className="hit-group">
          <Head group={group} />
          {group.ads.map((ad) => (
            <AdItem key={ad.id} ad={ad} />
          ))}
        </section>
      ))
    : ads.map((ad) => <AdItem key={ad.id} ad={ad} showLead />);
