import type { MovementPage } from '../../lib/api.gen';
import { many } from '../../lib/format';
import { Scroll } from '../../ui/Scroll';
import type { Chosen } from './MovementTab';

const Part = ({ title, hint, children }: { title: string; hint: string; children: React.ReactNode[] }) =>
  children.length ? (
    <section>
      <h2>
        {title} <span className="hint">{hint}</span>
      </h2>
      <ul className="notes">{children}</ul>
    </section>
  ) : null;

/** What stands out, in sentences; shown, never counted. */
export const MoveNotes = ({ page, onAds }: { page: MovementPage; onAds: (chosen: Chosen) => void }) => {
  const together = page.together.filter((t) => t.called);
  const none =
    !page.circuits.length &&
    !together.length &&
    !page.blasts.length &&
    !page.conflicts.length &&
    !page.changes.length;
  return (
    <Scroll label="What stands out" className="move-notes">
      <Part title="Going round" hint="shown, not scored">
        {page.circuits.map((c, i) => (
          <li key={i}>{c.sentence}</li>
        ))}
      </Part>
      <Part title="Together" hint="at a false-discovery rate of 5 %">
        {together.map((t, i) => (
          <li key={i}>{t.sentence}</li>
        ))}
      </Part>
      <Part title="Many places on one day" hint="bulk posting, not travel">
        {page.blasts.map((b, i) => (
          <li key={i}>
            {b.sentence}{' '}
            <button
              type="button"
              className="plain"
              onClick={() => onAds({ title: b.sentence, ids: b.ad_ids, total: b.ads })}
            >
              {many(b.ads, 'ad')}
            </button>
          </li>
        ))}
      </Part>
      <Part title="Contradictions" hint="listed, never drawn as travel">
        {page.conflicts.map((c, i) => (
          <li key={i}>{c.sentence}</li>
        ))}
      </Part>
      <Part title="Changes" hint="">
        {page.changes.map((c, i) => (
          <li key={i}>{c.sentence}</li>
        ))}
      </Part>
      {none && <p className="meta">No circuit, company, bulk posting or contradiction was found.</p>}
      <p className="meta">
        {page.counted_note} {page.clock_note}
        {page.undated > 0 && ` ${many(page.undated, 'ad gives', 'ads give')} no time.`}
        {page.unplaced > 0 && ` ${many(page.unplaced, 'ad names', 'ads name')} no place.`}
      </p>
    </Scroll>
  );
};
