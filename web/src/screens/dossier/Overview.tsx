import { useMemo } from 'react';
import type { IdentityPage, ValueGroup, ValueRow } from '../../lib/api.gen';
import { count, many, range } from '../../lib/format';
import { called, iconOf, isExact, tintOf } from '../../lib/kinds';
import { useKeys } from '../../lib/keys';
import { navigate, useAddress, withParams } from '../../lib/router';
import { Icon } from '../../ui/Icon';
import { Movement } from '../../ui/Movement';
import { Photos, WeeklyChart } from '../../ui/pieces';
import { Hours } from './Hours';
import { Why } from './Why';
import { Scroll } from '../../ui/Scroll';

interface Flat {
  key: string; // "phone-1": where the value stands, never what it is, for the address bar
  row: ValueRow;
}

const flatten = (groups: ValueGroup[]): Flat[] =>
  groups.flatMap((g) => g.values.map((row, i) => ({ key: `${g.kind}-${i + 1}`, row })));

/** From when to when a value is in use, on the scale of the whole group. */
const LifeLine = ({ row, page }: { row: ValueRow; page: IdentityPage }) => {
  const [from, to] = [Date.parse(page.first ?? ''), Date.parse(page.last ?? '')];
  const [a, b] = [Date.parse(row.first ?? ''), Date.parse(row.last ?? '')];
  if (Number.isNaN(from + to + a + b)) return <span className="life" />;
  const span = Math.max(to - from, 1);
  const left = Math.min(94, Math.max(0, ((a - from) / span) * 100));
  const width = Math.min(100 - left, Math.max(6, ((b - a) / span) * 100));
  return (
    <span className="life" title={range(row.first, row.last)}>
      <i className={`t-${tintOf(row.kind)}`} style={{ left: `${left}%`, width: `${width}%` }} />
    </span>
  );
};

const Identifiers = ({ page, flat, chosen }: { page: IdentityPage; flat: Flat[]; chosen: Flat | null }) => (
  <aside className="identifiers" aria-label="Identifiers">
    <Scroll label="Identifiers by kind" className="pane-scroll">
      {page.identifiers.map((g) => (
        <section key={g.kind}>
          <h2>
            {g.label} <span className="hint">{count(g.total)}</span>
          </h2>
          {g.note && <p className="meta">{g.note}</p>}
          <ul>
            {g.values.map((row, i) => {
              const one = flat.find((f) => f.key === `${g.kind}-${i + 1}`)!;
              return (
                <li key={one.key}>
                  <button
                    type="button"
                    aria-pressed={one.key === chosen?.key}
                    onClick={() => navigate(withParams({ v: one.key }), true)}
                  >
                    <Icon name={iconOf(row.kind)} size={14} />
                    <span
                      className={isExact(row.kind) ? 'value exact' : 'value'}
                      title={row.common ? `${row.label}: ${row.common}` : row.label}
                    >
                      {called(row.kind, row.label)}
                      {row.common && <small>{row.site_own ? 'the site’s own' : 'common'}</small>}
                    </span>
                    <span className="num">
                      {row.ads}
                      <span className="sr"> ads, {range(row.first, row.last)}</span>
                    </span>
                    <LifeLine row={row} page={page} />
                  </button>
                </li>
              );
            })}
          </ul>
          {g.total > g.values.length && (
            <p className="meta">{count(g.total - g.values.length)} more are not listed.</p>
          )}
        </section>
      ))}
      {page.identifiers.length === 0 && (
        <p className="meta">The ads give no contact and no name that was read.</p>
      )}
    </Scroll>
  </aside>
);

const Places = ({ page }: { page: IdentityPage }) => {
  const top = Math.max(...page.places.map((p) => p.ads), 1);
  const sorted = [...page.places].sort((a, b) => b.ads - a.ads);
  return (
    <section>
      <h2>Places</h2>
      <ul className="place-bars">
        {sorted.slice(0, 12).map((p) => (
          <li key={p.label} title={range(p.first, p.last)}>
            <span>{p.label}</span>
            <span className="bar" aria-hidden="true">
              <i className="t-place" style={{ width: `${(p.ads / top) * 100}%` }} />
            </span>
            <span className="num">
              {p.ads}
              <span className="sr"> ads</span>
            </span>
          </li>
        ))}
      </ul>
      {sorted.length > 12 && (
        <p className="meta">
          and {many(sorted.length - 12, 'more place')}:{' '}
          {sorted
            .slice(12)
            .map((p) => p.label)
            .join('; ')}
        </p>
      )}
      {sorted.length === 0 && <p className="meta">No ad names a city that is known.</p>}
    </section>
  );
};

export const Overview = ({
  page,
  onPair,
}: {
  page: IdentityPage;
  onPair: (a: string, b: string) => void;
}) => {
  const flat = useMemo(() => flatten(page.identifiers), [page.identifiers]);
  const wanted = useAddress().searchParams.get('v');
  const index = Math.max(
    0,
    flat.findIndex((f) => f.key === wanted),
  );
  const chosen = flat[index] ?? null;
  const step = (by: number) => {
    const next = flat[Math.max(0, Math.min(flat.length - 1, index + by))];
    if (next) navigate(withParams({ v: next.key }), true);
  };
  useKeys([
    { keys: ['j', 'ArrowDown'], label: 'Next identifier', group: 'Dossier', run: () => step(1) },
    { keys: ['k', 'ArrowUp'], label: 'Previous identifier', group: 'Dossier', run: () => step(-1) },
  ]);
  return (
    <div className="overview">
      <Identifiers page={page} flat={flat} chosen={chosen} />
      <Why
        id={page.id}
        onPair={onPair}
        row={chosen?.row ?? null}
        flat={flat.map((f) => f.row)}
        choose={(row) => {
          const one = flat.find((f) => f.row.kind === row.kind && f.row.value === row.value);
          if (one) navigate(withParams({ v: one.key }), true);
        }}
      />
      <aside className="facts" aria-label="Places and times">
        <Scroll label="Places, times and photos" className="pane-scroll">
          <Places page={page} />
          <section>
            <h2>When ads are posted</h2>
            <Hours hours={page.hours} note={page.hours_note} />
          </section>
          <section>
            <h2>Ads per week</h2>
            <WeeklyChart weekly={page.weekly} />
          </section>
          <section>
            <h2>
              Movement <span className="hint">not scored</span>
            </h2>
            <Movement places={page.places} stays={page.stays} note={page.places_note} />
          </section>
          <section>
            <h2>
              Photos <span className="hint">facts only</span>
            </h2>
            <Photos photos={page.photos} />
          </section>
        </Scroll>
      </aside>
    </div>
  );
};
