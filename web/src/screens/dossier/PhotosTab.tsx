import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { unread } from '../../lib/again';
import { identityPhotos, type PhotoList, type PhotoRow } from '../../lib/api.gen';
import { count, DAY_MS, many, range } from '../../lib/format';
import { Chip } from '../../ui/AdText';
import { Icon } from '../../ui/Icon';
import { Scroll } from '../../ui/Scroll';
import { Empty, Failed, Loading, Note } from '../../ui/states';
import { AdsDialog } from './AdsDialog';

const SAME: Record<string, string> = {
  bytes: 'same file, byte for byte',
  likeness: 'alike by the hash that the source gives',
  name: 'same name at the source',
};

const Days = ({ days, from, to }: { days: string[]; from: number; to: number }) => {
  const at = (d: string) => (((Date.parse(d) - from) / Math.max(to - from, DAY_MS)) * 300).toFixed(1);
  return (
    <svg className="ticks" viewBox="0 0 300 16" preserveAspectRatio="none" aria-hidden="true">
      <path d={days.map((d) => `M${at(d)} 2v12`).join('')} />
    </svg>
  );
};

const Photo = ({
  p,
  extent,
  onAds,
}: {
  p: PhotoRow;
  extent: [number, number];
  onAds: (p: PhotoRow) => void;
}) => (
  <li className="photo-card">
    <span className="photo-place large">
      <Icon name="photo" size={18} />
      <span className="sr">Not shown</span>
    </span>
    <div>
      <h2>
        Photo {p.number} <span className="hint">{SAME[p.known_by]}</span>
      </h2>
      <p className="photo-facts">
        <button type="button" className="plain" onClick={() => onAds(p)}>
          {many(p.ads_count, 'ad')}
        </button>
        <span>{range(p.first, p.last)}</span>
        {p.elsewhere > 0 && <b className="elsewhere">also in {many(p.elsewhere, 'ad')} outside this group</b>}
      </p>
      <Days days={p.days} from={extent[0]} to={extent[1]} />
      <div className="chips">
        {p.names.slice(0, 12).map((n) => (
          <Chip key={`n${n}`} kind="name" label={n} />
        ))}
        {p.cities.map((c) => (
          <Chip key={`c${c}`} kind="place" label={c} />
        ))}
        {p.cities_count > p.cities.length && (
          <span className="hint">
            and {many(p.cities_count - p.cities.length, 'more city', 'more cities')}
          </span>
        )}
      </div>
      {p.names.length > 1 && <p className="meta">One photo under {count(p.names.length)} names.</p>}
    </div>
  </li>
);

const Figures = ({ list }: { list: PhotoList }) => (
  <dl className="figures">
    {(
      [
        [list.total, 'photos listed'],
        [list.distinct, 'different'],
        [list.repeated, 'in several ads'],
        [list.ads_with, `of ${count(list.ads)} ads show photos`],
      ] as const
    ).map(([n, what]) => (
      <div key={what}>
        <dd>{count(n)}</dd>
        <dt>{what}</dt>
      </div>
    ))}
  </dl>
);

/** Photos as facts: their places stay grey, and no picture is opened. */
export const PhotosTab = ({ id }: { id: string }) => {
  const [shown, setShown] = useState<PhotoRow | null>(null);
  const [all, setAll] = useState(false);
  const list = useQuery({ queryKey: ['photos', id], queryFn: ({ signal }) => identityPhotos(id, signal) });
  if (list.isPending)
    return (
      <div className="pad">
        <Loading lines={8} what="Loading the photo facts" />
      </div>
    );
  if (unread(list))
    return (
      <div className="pad">
        <Failed error={list.error} what="The photo facts could not be read" retry={() => list.refetch()} />
      </div>
    );
  const page = list.data;
  const days = page.photos.flatMap((p) => p.days).map((d) => Date.parse(d));
  const extent: [number, number] = [Math.min(...days), Math.max(...days)];
  const listed = all ? page.photos : page.photos.filter((p) => p.ads_count > 1 || p.elsewhere > 0);
  return (
    <Scroll label="Photos as facts" className="pane-scroll">
      <div className="line photo-head">
        <Figures list={page} />
        {page.photos.length > 0 && (
          <label className="check">
            <input type="checkbox" checked={all} onChange={(e) => setAll(e.target.checked)} />
            Also photos that stand in one ad only
          </label>
        )}
      </div>
      <Note icon="shield">
        <p>
          No picture is opened in this version: the places stay grey. What is told here comes from the hashes
          and names that the sources give; a cropped or re-saved copy counts as another photo. Names used are
          leads, never identities.
        </p>
      </Note>
      {page.total === 0 && <Empty title="These ads show no photos." />}
      {page.total > 0 && listed.length === 0 && <Empty title="No photo stands in two ads." />}
      <ul className="photo-cards">
        {listed.map((p) => (
          <Photo key={p.number} p={p} extent={extent} onAds={setShown} />
        ))}
      </ul>
      {all && page.distinct > page.photos.length && (
        <p className="meta">{many(page.distinct - page.photos.length, 'more photo')} are not listed.</p>
      )}
      {shown && (
        <AdsDialog
          identity={id}
          title={`Ads that show photo ${shown.number}`}
          ids={shown.ads}
          total={shown.ads_count}
          onClose={() => setShown(null)}
        />
      )}
    </Scroll>
  );
};
