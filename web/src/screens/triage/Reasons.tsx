import type { LeadPage, Reason } from '../../lib/api.gen';
import { many } from '../../lib/format';
import { iconOf, tintOf } from '../../lib/kinds';
import { Icon } from '../../ui/Icon';

const SUPPORT: Record<string, string> = {
  tested: 'tested on known outcomes',
  expert: 'held by experts, not tested',
  folk: 'custom only, not tested',
};

const ReasonRow = ({ r, note, onAds }: { r: Reason; note: number; onAds: (r: Reason) => void }) => (
  <li className="reason">
    <span className={r.direction === 'for' ? `kind-icon t-${tintOf(r.kind)}` : 'kind-icon t-none'}>
      <Icon name={r.direction === 'against' ? 'minus' : iconOf(r.kind)} size={15} />
    </span>
    <span className="reason-main">
      <span>{r.sentence}</span>
      {r.direction !== 'shown' && (
        <span className="bar" aria-hidden="true">
          <i
            className={r.direction === 'for' ? `t-${tintOf(r.kind)}` : 't-none'}
            style={{ width: `${Math.round(r.share * 100)}%` }}
          />
        </span>
      )}
      <small title={r.source}>
        {SUPPORT[r.strength]}
        {note > 0 && <> [{note}]</>}
      </small>
    </span>
    {r.ads_count > 0 ? (
      <button type="button" className="plain num" onClick={() => onAds(r)}>
        {many(r.ads_count, 'ad')}
      </button>
    ) : (
      <span />
    )}
  </li>
);

/** Reasons for or against, each a sentence with its weight, its support and its ads. */
export const Reasons = ({
  title,
  hint,
  list,
  sources,
  none,
  onAds,
}: {
  title: string;
  hint: string;
  list: Reason[];
  sources: string[];
  none: string;
  onAds: (r: Reason) => void;
}) => (
  <section>
    <h2>
      {title} <span className="hint">{hint}</span>
    </h2>
    {list.length ? (
      <ul className="reasons">
        {list.map((r, i) => (
          <ReasonRow key={i} r={r} note={sources.indexOf(r.source) + 1} onAds={onAds} />
        ))}
      </ul>
    ) : (
      <p className="meta">{none}</p>
    )}
  </section>
);

/** What the reasons rest on, each named once: rows then say no more than its number. */
export const sourcesOf = (page: LeadPage): string[] => [
  ...new Set([...page.reasons, ...page.against, ...page.shown].map((r) => r.source).filter(Boolean)),
];

/** What the numbers in brackets stand for. */
export const Sources = ({ list }: { list: string[] }) =>
  list.length > 0 && (
    <section>
      <h2>
        Sources <span className="hint">of the kinds of reasons, not of this lead</span>
      </h2>
      <ol className="sources">
        {list.map((s) => (
          <li key={s}>{s}</li>
        ))}
      </ol>
    </section>
  );
