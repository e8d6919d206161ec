import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { unread } from '../../lib/again';
import { type CorrectionRow, liftCorrection, listRecords } from '../../lib/api.gen';
import { count, moment } from '../../lib/format';
import { wordOf } from '../../lib/kinds';
import { Link } from '../../ui/Link';
import { Heads } from '../../ui/pieces';
import { Scroll } from '../../ui/Scroll';
import { NotRead } from '../../ui/NotRead';
import { AdActs } from './AdActs';
import { Asked } from './Asked';
import { Due } from './Due';
import { ReasonDialog } from './ReasonDialog';
import { Retention } from './Retention';
import { Sources } from './Sources';

const AdLink = ({ ad }: { ad: string }) => (
  <Link to={`/ad/${ad}`}>
    <code>{ad}</code>
  </Link>
);

const Corrections = ({ rows }: { rows: CorrectionRow[] }) => {
  const [back, setBack] = useState<CorrectionRow | null>(null);
  return (
    <section>
      <h2 className="big">Corrections that stand</h2>
      <p className="meta">The ad stays as written. From the next refresh on such a value joins nothing.</p>
      {rows.length > 0 && (
        <Scroll label="Corrections">
          <table className="stacks">
            <Heads of={['Since', 'Ad', 'Value', 'Says', 'Why', 'Acts']} />
            <tbody>
              {rows.map((r) => (
                <tr key={r.seq}>
                  <th scope="row" className="nowrap">
                    {moment(r.at)}
                  </th>
                  <td data-head="Ad">
                    <AdLink ad={r.ad} />
                  </td>
                  <td data-head="Value">
                    {wordOf(r.kind)} {r.value}
                  </td>
                  <td data-head="Says">{r.right ? `right is ${r.right}` : r.says}</td>
                  <td data-head="Why" className="break">
                    {r.why}
                  </td>
                  <td>
                    <button type="button" className="plain" onClick={() => setBack(r)}>
                      Take back<span className="sr"> correction {r.seq}</span>
                    </button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
      {back && (
        <ReasonDialog
          title="Take a correction back"
          word="Take back"
          act={(why) => liftCorrection(back.seq, { why }).then(() => 'Taken back.')}
          onClose={() => setBack(null)}
        >
          <p>From the next refresh on {back.value} counts again for this ad.</p>
        </ReasonDialog>
      )}
    </section>
  );
};

/** What persons asked for, what is due, held, corrected and handed out, and where ads may come from. */
export const Records = () => {
  const page = useQuery({ queryKey: ['records'], queryFn: ({ signal }) => listRecords(signal) });
  if (unread(page) || !page.data)
    return <NotRead of={page} heading="Records" what="The records could not be read" />;
  const { requests, due, due_total, due_held, kept_days, holds, corrections, disclosed, erased } = page.data;
  return (
    <div className="people">
      <h1>Records</h1>
      <section>
        <h2 className="big">What persons asked for</h2>
        <Asked rows={requests} />
      </section>
      <AdActs />
      <Due due={due} total={due_total} held={due_held} days={kept_days} erased={erased} />
      <section>
        <h2 className="big">Held</h2>
        {holds.length ? (
          <ul>
            {holds.map((h, i) => (
              <li key={i}>
                <AdLink ad={h.ad} /> since {moment(h.at)}: {h.why} <small className="hint">{h.by}</small>
              </li>
            ))}
          </ul>
        ) : (
          <p className="meta">No ad is held.</p>
        )}
      </section>
      <Corrections rows={corrections} />
      <section>
        <h2 className="big">Handed out</h2>
        {disclosed.length ? (
          <Scroll label="Handed out">
            <table className="stacks">
              <Heads of={['When', 'To', 'What', 'Basis', 'By', 'Ads']} />
              <tbody>
                {disclosed.map((d, i) => (
                  <tr key={i}>
                    <th scope="row" className="nowrap">
                      {moment(d.at)}
                    </th>
                    <td data-head="To" className="break">
                      {d.recipient}
                    </td>
                    <td data-head="What" className="break">
                      {d.what}
                    </td>
                    <td data-head="Basis" className="break">
                      {d.basis}
                    </td>
                    <td data-head="By">{d.by}</td>
                    <td data-head="Ads" className="num">
                      {count(d.ads)}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Scroll>
        ) : (
          <p className="meta">Nothing was handed out.</p>
        )}
      </section>
      <Retention may />
      <Sources may />
    </div>
  );
};
