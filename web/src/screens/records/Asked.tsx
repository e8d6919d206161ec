import { useState } from 'react';
import {
  type AskedRow,
  askSecondPerson,
  declineAsked,
  eraseAds,
  handOver,
  liftRestriction,
  restrictAsked,
} from '../../lib/api.gen';
import { count, many, moment } from '../../lib/format';
import { Link } from '../../ui/Link';
import { Heads } from '../../ui/pieces';
import { Scroll } from '../../ui/Scroll';
import { Field } from '../door/Page';
import { ReasonDialog } from './ReasonDialog';

const KINDS: Record<AskedRow['kind'], string> = {
  remove: 'Remove',
  restrict: 'Restrict',
  rectify: 'Correct',
  access: 'Hand over what is held',
};
export const GROUNDS: Record<AskedRow['grounds'], string> = {
  'shows-me': 'it shows the person',
  'not-my-will': 'not of their will',
  wrong: 'it is wrong',
  'no-longer-true': 'no longer true',
  other: 'other',
};
type Act = 'restrict' | 'lift' | 'erase' | 'decline' | 'access';

/** What acting on a request touches. */
const Preview = ({ row }: { row: AskedRow }) => (
  <ul>
    <li>
      {many(row.ads.length, 'ad')}, shown in {many(row.leads, 'lead')}
    </li>
    {row.held > 0 && <li>{many(row.held, 'ad')} held: nothing erases them until the hold is lifted</li>}
    <li>
      {row.recipients ? `${many(row.recipients, 'time')} handed out: tell who got them` : 'Handed to nobody'}
    </li>
  </ul>
);

const save = (name: string, value: unknown) => {
  const blob = new Blob([JSON.stringify(value, null, 2)], { type: 'application/json' });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
};

const sorted = (ads: string[]) => [...new Set(ads)].sort().join(' ');

const Acting = ({ row, act, onClose }: { row: AskedRow; act: Act; onClose: () => void }) => {
  const [to, setTo] = useState('the person who asked');
  const [basis, setBasis] = useState('');
  const key = row.reference;
  const { ads } = row;
  const ways: Record<Act, [string, string, (why: string) => Promise<string>]> = {
    restrict: [
      'Restrict these ads',
      'Restrict',
      (why) => restrictAsked(key, { why }).then((r) => `${many(r.ads, 'ad')} restricted.`),
    ],
    lift: [
      'Lift the restriction',
      'Lift',
      (why) => liftRestriction(key, { why }).then((r) => `${many(r.ads, 'ad')} seen by all again.`),
    ],
    erase: [
      'Erase these ads for good',
      'Erase',
      (why) =>
        eraseAds({ ads, why, reference: key }).then((r) =>
          r.ended
            ? `${many(r.ads, 'ad')} erased. To tell: ${many(r.recipients.length, 'recipient')}; ${many(r.backups.length, 'backup')} still hold them.`
            : 'The erasure goes on; the request is answered once it has ended.',
        ),
    ],
    decline: ['Decline', 'Decline', (why) => declineAsked(key, { why }).then(() => 'Declined.')],
    access: [
      'Hand over what is held',
      'Hand over and save',
      () =>
        handOver(key, { to, basis, values: [] }).then((paper) => {
          save(`held-${key}.json`, paper);
          return `${many(paper.ads.length, 'ad')} saved. ${paper.note}`;
        }),
    ],
  };
  const [title, word, run] = ways[act];
  return (
    <ReasonDialog
      title={title}
      word={word}
      act={run}
      ask={(why) =>
        askSecondPerson({ action: 'records.erase', parameters: { ads: sorted(ads), reference: key }, why })
      }
      ready={act !== 'access' || Boolean(to.trim() && basis.trim())}
      onClose={onClose}
    >
      <Preview row={row} />
      {act === 'restrict' && (
        <p className="meta">Nobody but the records officer sees them until it is lifted.</p>
      )}
      {act === 'erase' && (
        <p className="meta">
          Every table, group, search and sealed detail loses them, and no file brings them back. A second
          person agrees first.
        </p>
      )}
      {act === 'access' && (
        <>
          <Field label="To" value={to} set={setTo} />
          <Field label="Legal basis" value={basis} set={setBasis} />
        </>
      )}
    </ReasonDialog>
  );
};

const acts = (row: AskedRow): [Act, string][] => {
  if (row.answer === 'restricted') return [['lift', 'Lift']];
  const own: Record<AskedRow['kind'], [Act, string][]> = {
    remove: [['erase', 'Erase']],
    restrict: [['restrict', 'Restrict']],
    rectify: [],
    access: [['access', 'Hand over']],
  };
  const more: [Act, string][] = row.kind === 'remove' ? [['restrict', 'Restrict']] : [];
  return [...own[row.kind], ...more, ['decline', 'Decline']];
};

/** What persons asked for, and acting on it. */
export const Asked = ({ rows }: { rows: AskedRow[] }) => {
  const [open, setOpen] = useState<{ key: string; act: Act } | null>(null);
  const row = rows.find((r) => r.reference === open?.key);
  if (!rows.length) return <p className="meta">Nothing waits for an answer, and nothing is restricted.</p>;
  return (
    <>
      <Scroll label="Requests">
        <table className="stacks">
          <Heads of={['Asked', 'Reference', 'For', 'Ads', 'Leads', 'Handed out', 'Acts']} />
          <tbody>
            {rows.map((r) => (
              <tr key={r.reference}>
                <th scope="row" className="nowrap">
                  {moment(r.at)}
                </th>
                <td data-head="Reference">
                  <code>{r.reference}</code>
                </td>
                <td data-head="For">
                  {KINDS[r.kind]} <small className="hint">{r.answer ?? GROUNDS[r.grounds]}</small>
                </td>
                <td data-head="Ads">
                  {r.ads.slice(0, 3).map((ad) => (
                    <Link key={ad} to={`/ad/${ad}`}>
                      <code>{ad}</code>{' '}
                    </Link>
                  ))}
                  {r.ads.length > 3 && <small className="hint">and {count(r.ads.length - 3)} more</small>}
                </td>
                <td data-head="Leads" className="num">
                  {count(r.leads)}
                </td>
                <td data-head="Handed out" className="num">
                  {count(r.recipients)}
                </td>
                <td>
                  <div className="row">
                    {acts(r).map(([act, word]) => (
                      <button
                        key={act}
                        type="button"
                        className="plain"
                        aria-label={`${word}: request ${r.reference}`}
                        onClick={() => setOpen({ key: r.reference, act })}
                      >
                        {word}
                      </button>
                    ))}
                  </div>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      {open && row && <Acting row={row} act={open.act} onClose={() => setOpen(null)} />}
    </>
  );
};
