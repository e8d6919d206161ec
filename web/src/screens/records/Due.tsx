import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { askSecondPerson, eraseAds, getSession, listRequests } from '../../lib/api.gen';
import { count, many } from '../../lib/format';
import { ReasonDialog } from './ReasonDialog';

interface Props {
  due: string[]; // the oldest of them: a portion
  total: number;
  held: number;
  days: number;
  erased: number;
}

const sorted = (ads: string[]) => [...new Set(ads)].sort().join(' ');

/** What is past its time, and its erasure: a portion at a time, each agreed to by a second person. */
export const Due = ({ due, total, held, days, erased }: Props) => {
  const [open, setOpen] = useState(false);
  const session = useQuery({ queryKey: ['session'], queryFn: ({ signal }) => getSession(signal) });
  const list = useQuery({
    queryKey: ['requests'],
    queryFn: ({ signal }) => listRequests(signal),
    retry: false,
    enabled: session.data?.role === 'records-officer', // nobody else asks a second person for this
  });
  // What was asked for goes on with exactly those ads, also where others have come due since.
  const asked = list.data?.requests.find(
    (r) =>
      r.action === 'records.erase' &&
      r.by === session.data?.actor &&
      r.parameters.reference === '' &&
      !r.used_at &&
      r.decision !== 'refused',
  );
  const there = new Set(due);
  const mine = asked ? (asked.parameters.ads ?? '').split(' ') : [];
  const portion = mine.length && mine.every((ad) => there.has(ad)) ? mine : due;
  const waits = portion === mine && asked?.decision !== 'agreed';
  return (
    <section>
      <h2 className="big">Due</h2>
      <p>
        {many(total, 'ad')} past {count(days)} days; {count(held)} more are held. Erased so far:{' '}
        {count(erased)}.
      </p>
      {due.length > 0 && (
        <>
          <details>
            <summary>The oldest {count(portion.length)}</summary>
            <p className="break">
              {portion.map((ad) => (
                <code key={ad}>{ad} </code>
              ))}
            </p>
          </details>
          <p>
            <button type="button" className="button" onClick={() => setOpen(true)}>
              Erase the oldest {count(portion.length)}
            </button>{' '}
            {waits && <small className="hint">A supervisor has not answered yet.</small>}
          </p>
        </>
      )}
      {open && (
        <ReasonDialog
          title={`Erase ${many(portion.length, 'ad')} for good`}
          word="Erase"
          act={(why) =>
            eraseAds({ ads: portion, why, reference: '' }).then((r) =>
              r.ended
                ? `${many(r.ads, 'ad')} erased. To tell: ${many(r.recipients.length, 'recipient')}; ${many(r.backups.length, 'backup')} still hold them.`
                : 'The erasure goes on; this page counts it once it has ended.',
            )
          }
          ask={(why) =>
            askSecondPerson({
              action: 'records.erase',
              parameters: { ads: sorted(portion), reference: '' },
              why,
            })
          }
          onClose={() => setOpen(false)}
        >
          <p>
            They are past the period and neither reviewed nor held. Every table, group, search, note and
            sealed detail loses them, and no file brings them back. A second person agrees first, to exactly
            these; what is left comes next.
          </p>
        </ReasonDialog>
      )}
    </section>
  );
};
