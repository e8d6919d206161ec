import type { MovementPage } from '../../lib/api.gen';
import { count, many, range } from '../../lib/format';
import { Scroll } from '../../ui/Scroll';
import { visitOrder } from '../../viz/movement';
import type { Chosen, TabStay } from './MovementTab';

interface Props {
  page: MovementPage;
  stays: TabStay[];
  persona: number | null;
  onPersona: (persona: number | null) => void;
  lit: number | null;
  onLit: (place: number | null) => void;
  onAds: (chosen: Chosen) => void;
}

/** Every stay in words, in order of time: the same facts as the map and the chart. */
export const Stays = ({ page, stays, persona, onPersona, lit, onLit, onAds }: Props) => {
  const order = visitOrder(stays);
  return (
    <Scroll label="Stays in order of time" className="stays-scroll">
      <div className="line">
        <h2>
          Stays{' '}
          <span className="hint">
            {count(stays.length)}
            {page.stays_total > page.stays.length && ` of ${count(page.stays_total)}`}
          </span>
        </h2>
        {page.personas.length > 1 && (
          <label className="sr-label">
            <span className="sr">Whose stays</span>
            <select
              value={persona === null ? '' : String(persona)}
              onChange={(e) => onPersona(e.target.value === '' ? null : Number(e.target.value))}
            >
              <option value="">All {page.personas.length} personas</option>
              {page.personas.map((p, i) => (
                <option key={p.id} value={i}>
                  {p.label} ({count(p.ads)} ads)
                </option>
              ))}
            </select>
          </label>
        )}
      </div>
      <ol className="stays">
        {stays.map((s) => {
          const place = page.places[s.place];
          return (
            <li
              key={s.index}
              className={s.place === lit ? 'lit' : ''}
              onPointerEnter={() => onLit(s.place)}
              onPointerLeave={() => onLit(null)}
            >
              <span className={s.drawn ? 'disc' : 'disc conflict'} aria-hidden="true">
                {order.get(s.place)}
              </span>
              <span className="stay-main">
                <b>{place?.label}</b>
                <small>
                  {range(s.first, s.last)}
                  {page.personas.length > 1 && persona === null && ` · ${page.personas[s.persona]?.label}`}
                  {!s.drawn && ' · also elsewhere on these days'}
                  {s.after_gap && ' · after more than 14 days of silence'}
                  {s.posted === 0 && ' · times are when it was seen'}
                </small>
              </span>
              <button
                type="button"
                className="plain"
                onFocus={() => onLit(s.place)}
                onBlur={() => onLit(null)}
                onClick={() =>
                  onAds({ title: `Ads in ${place?.label ?? 'this place'}`, ids: s.ad_ids, total: s.ads })
                }
              >
                {many(s.ads, 'ad')}
              </button>
            </li>
          );
        })}
      </ol>
      {stays.length === 0 && <p className="meta">No stay lies in this range.</p>}
    </Scroll>
  );
};
