import type { Session } from '../lib/api.gen';
import { count, moment } from '../lib/format';
import { setKeysEnabled, useBindings, useKeysEnabled } from '../lib/keys';
import { Dialog } from '../ui/Dialog';

const SPELT: Record<string, string> = { Enter: '↵', Escape: 'Esc', ArrowDown: '↓', ArrowUp: '↑' };
const spell = (key: string) => SPELT[key] ?? key;

/** The keys that work at present, from the one registry, and what this workspace holds. */
export const Help = ({ session, onClose }: { session: Session | null; onClose: () => void }) => {
  const bindings = useBindings();
  const on = useKeysEnabled();
  const groups = [...new Set(bindings.map((b) => b.group ?? 'This screen'))];
  return (
    <Dialog title="Keys and help" onClose={onClose}>
      <label className="check">
        <input type="checkbox" checked={on} onChange={(e) => setKeysEnabled(e.target.checked)} />
        Single keys work (they never do while you type)
      </label>
      {groups.map((group) => (
        <section key={group}>
          <h3>{group}</h3>
          <dl className="keys">
            {bindings
              .filter((b) => (b.group ?? 'This screen') === group)
              .map((b) => (
                <div key={b.label}>
                  <dt>
                    {b.keys.map((k) => (
                      <kbd key={k}>{spell(k)}</kbd>
                    ))}
                  </dt>
                  <dd>{b.label}</dd>
                </div>
              ))}
          </dl>
        </section>
      ))}
      <section>
        <h3>How to read this tool</h3>
        <p>
          A lead is a group of ads that is worth a person’s look: <b>a lead, not a finding</b>. The score
          orders the queue. It is not evidence. Until a hundred leads of this unit have an outcome, how often
          a lead is wrong is not known; then each says how many like it were confirmed. The queue favours
          groups; a single person under control may not appear. Search and watch for those.
        </p>
        <p>
          A search understands plain words and <code>"exact words"</code>, <code>phone:702*</code>,{' '}
          <code>city:reno</code>, <code>site:…</code>, <code>from:2026-01-01 to:2026-02-01</code>,{' '}
          <code>-without</code>, <code>nearly~1</code> and <code>(this OR that)</code>.
        </p>
      </section>
      {session && (
        <section>
          <h3>This workspace</h3>
          <p className="meta">
            {count(session.ads)} ads from {session.sites.join(', ') || 'no site'}; last taken in{' '}
            {moment(session.last_taken_in)}. Leads made {moment(session.run?.at ?? null)}. Homeward{' '}
            {session.version}.
          </p>
        </section>
      )}
    </Dialog>
  );
};
