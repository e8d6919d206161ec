import type { PhotoFacts, Weekly } from '../lib/api.gen';
import { count, DAY_MS, isoDay, many, plainDay, range } from '../lib/format';
import { sparkPath } from '../viz/bars';
import { CountTable } from './CountTable';
import { Icon } from './Icon';
import { Twin } from './Twin';

/** Three blocks and a word. */
export const Strength = ({ word }: { word: string }) => {
  const filled = word === 'strong' ? 3 : word === 'good' ? 2 : 1;
  return (
    <span className="strength">
      {[0, 1, 2].map((i) => (
        <i key={i} className={i < filled ? 'on' : ''} />
      ))}{' '}
      {word}
    </span>
  );
};

export const Kbd = ({ k }: { k: string }) => (
  <span className="kbd" aria-hidden="true">
    {k}
  </span>
);

/** The head row of a table whose columns are all of text. */
export const Heads = ({ of }: { of: readonly string[] }) => (
  <thead>
    <tr>
      {of.map((head) => (
        <th key={head} scope="col">
          {head}
        </th>
      ))}
    </tr>
  </thead>
);

/** Ads a week, as bars and as a table. */
export const WeeklyChart = ({ weekly }: { weekly: Weekly }) => {
  const { start, counts } = weekly;
  if (!start || !counts.length) return <p className="meta">No ad carries a date.</p>;
  const from = Date.parse(`${start}T00:00:00Z`);
  const week = (i: number) => plainDay(isoDay(from + i * 7 * DAY_MS));
  return (
    <>
      <svg
        className="weekly"
        viewBox="0 0 250 48"
        preserveAspectRatio="none"
        role="img"
        aria-label={`Ads per week from ${week(0)} to ${week(counts.length - 1)}, at most ${Math.max(...counts)}.`}
      >
        <path d={sparkPath(counts, 250, 48)} />
      </svg>
      <div className="axis">
        <span>{week(0)}</span>
        <span>{week(counts.length - 1)}</span>
      </div>
      <Twin summary="Table of weeks">
        {() => (
          <CountTable
            label="Ads per week"
            head="Week from"
            rows={counts.map((n, i) => [week(i), n] as const)}
          />
        )}
      </Twin>
    </>
  );
};

/** What is known of the photos without opening one: their places stay grey. */
export const Photos = ({ photos }: { photos: PhotoFacts }) => {
  if (!photos.total) return <p className="meta">These ads show no photos.</p>;
  return (
    <>
      <p className="meta">
        {many(photos.total, 'photo')}, {count(photos.distinct)} different, in {many(photos.ads_with, 'ad')}.
        No picture is opened in this version.
      </p>
      <ul className="photos">
        {photos.repeated.map((p) => (
          <li key={p.label}>
            <span className="photo-place">
              <Icon name="photo" size={15} />
            </span>
            <span>
              <b>{p.label}</b> in {many(p.ads, 'ad')}, {many(p.cities, 'city', 'cities')}
              {p.names.length > 0 && <>, under {p.names.join(', ')}</>}
              <small>{range(p.first, p.last)}</small>
            </span>
          </li>
        ))}
      </ul>
      {photos.repeated.length === 0 && <p className="meta">No photo repeats.</p>}
    </>
  );
};
