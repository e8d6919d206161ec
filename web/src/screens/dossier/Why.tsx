import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { unread } from '../../lib/again';
import { identityAds, type ValueRef, type ValueRow, type WhyLink, whyBelongs } from '../../lib/api.gen';
import { count, many, range } from '../../lib/format';
import { wordOf } from '../../lib/kinds';
import { useKeys } from '../../lib/keys';
import { AdItem, Chip } from '../../ui/AdText';
import { More } from '../../ui/More';
import { Strength } from '../../ui/pieces';
import { Empty, Failed, Loading } from '../../ui/states';
import { AdsDialog } from './AdsDialog';
import { Scroll } from '../../ui/Scroll';

interface Props {
  id: string;
  row: ValueRow | null;
  flat: ValueRow[];
  choose: (row: ValueRef) => void;
  onPair: (a: string, b: string) => void;
}

const LINKS_AT_FIRST = 8;

const LinkTable = ({
  links,
  known,
  choose,
  onAds,
}: {
  links: WhyLink[];
  known: (r: ValueRef) => boolean;
  choose: (r: ValueRef) => void;
  onAds: (l: WhyLink) => void;
}) => {
  const [all, setAll] = useState(false);
  return (
    <>
      <div className="wide-table">
        <table className="why stacks">
          <thead>
            <tr>
              <th scope="col">Linked to</th>
              <th scope="col">Because</th>
              <th scope="col">Strength</th>
              <th scope="col">
                <span className="sr">Ads</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {(all ? links : links.slice(0, LINKS_AT_FIRST)).map((l, i) => (
              <tr key={i}>
                <td>
                  <Chip
                    kind={l.to.kind}
                    label={l.to.label}
                    onClick={known(l.to) ? () => choose(l.to) : undefined}
                  />
                </td>
                <td>
                  {l.because} {l.first && <small>{range(l.first, l.last)}</small>}
                </td>
                <td>
                  <Strength word={l.word} />
                </td>
                <td className="num">
                  {l.ads_count > 0 && (
                    <button type="button" className="plain" onClick={() => onAds(l)}>
                      {many(l.ads_count, 'ad')}
                    </button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {links.length > LINKS_AT_FIRST && (
        <button type="button" className="plain" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? 'Show fewer' : `Show all ${links.length} links`}
        </button>
      )}
    </>
  );
};

const Ads = ({ id, row, onPair }: { id: string; row: ValueRow | null } & Pick<Props, 'onPair'>) => {
  const [pinned, setPinned] = useState<string | null>(null);
  const compare = (ad: string) => {
    if (pinned !== null && pinned !== ad) onPair(pinned, ad);
    setPinned(pinned === null ? ad : null);
  };
  const [marks, setMarks] = useState(true);
  const ads = useInfiniteQuery({
    queryKey: ['identity-ads', id, row?.kind, row?.value],
    queryFn: ({ pageParam, signal }) =>
      identityAds(
        id,
        { kind: row?.kind ?? null, value: row?.value ?? null, after: pageParam, limit: 20 },
        signal,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
  const shown = ads.data?.pages.flatMap((p) => p.ads) ?? [];
  useKeys([
    { keys: ['m'], label: 'Mark identifiers, or not', group: 'Dossier', run: () => setMarks((on) => !on) },
  ]);
  return (
    <section className="ads">
      <div className="line">
        <h2>
          {row ? `Ads with this ${wordOf(row.kind).toLowerCase()}` : 'Ads'}{' '}
          <span className="hint">
            newest first{ads.data && `, ${count(ads.data.pages[0]?.total ?? 0)} in all`}
          </span>
        </h2>
        <label className="check">
          <input type="checkbox" checked={marks} onChange={(e) => setMarks(e.target.checked)} />
          Mark identifiers
        </label>
      </div>
      {ads.isPending && <Loading what="Loading the ads" />}
      {unread(ads) && (
        <Failed error={ads.error} what="The ads could not be read" retry={() => ads.refetch()} />
      )}
      {shown.map((ad) => (
        <AdItem
          key={ad.id}
          ad={ad}
          marks={marks}
          ring={row && `${row.kind}:${row.value}`}
          action={
            <button
              type="button"
              className="plain"
              aria-pressed={pinned === ad.id}
              onClick={() => compare(ad.id)}
            >
              {pinned === ad.id ? 'Chosen as A' : pinned ? 'Why with A?' : 'Compare'}
              <span className="sr"> {ad.source_id || ad.id}</span>
            </button>
          }
        />
      ))}
      <More pages={ads} of="ads" shown={shown.length} total={ads.data?.pages[0]?.total} />
    </section>
  );
};

/** Why one value belongs to the group, and the ads it stands in. */
export const Why = ({ id, row, flat, choose, onPair }: Props) => {
  const [shown, setShown] = useState<WhyLink | null>(null);
  const why = useQuery({
    queryKey: ['why', id, row?.kind, row?.value],
    queryFn: ({ signal }) => whyBelongs(id, { kind: row!.kind, value: row!.value }, signal),
    enabled: row !== null,
    placeholderData: (previous) => previous,
  });
  const known = (r: ValueRef) => flat.some((f) => f.kind === r.kind && f.value === r.value);
  return (
    <section className="centre" aria-label="Why it belongs here">
      <Scroll label="Reasons and ads" className="pane-scroll">
        {row && (
          <section className={why.isPlaceholderData ? 'greyed' : ''} aria-busy={why.isFetching}>
            <h2 className="big">
              Why <Chip kind={row.kind} label={row.label} /> belongs here
            </h2>
            {why.isPending && <Loading lines={4} what="Loading the reasons" />}
            {unread(why) && (
              <Failed error={why.error} what="The reasons could not be read" retry={() => why.refetch()} />
            )}
            {why.data && (
              <>
                <p className="meta lead-in">{why.data.sentence}</p>
                {why.data.links.length > 0 ? (
                  <LinkTable links={why.data.links} known={known} choose={choose} onAds={setShown} />
                ) : (
                  <Empty title="Nothing else joins it.">
                    <p>
                      {why.data.subject.site_own
                        ? 'What a site writes under everybody’s ads ties nobody.'
                        : 'This value does not stand together with another one here.'}
                    </p>
                  </Empty>
                )}
              </>
            )}
          </section>
        )}
        <Ads id={id} row={row} onPair={onPair} />
      </Scroll>
      {shown && (
        <AdsDialog
          identity={id}
          title={shown.because}
          ids={shown.ads}
          total={shown.ads_count}
          onClose={() => setShown(null)}
        />
      )}
    </section>
  );
};
