import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { unread } from '../../lib/again';
import {
  askSecondPerson,
  type Retention as Periods,
  seeRetention,
  setAdsPeriod,
  setLogPeriod,
  shredDetails,
} from '../../lib/api.gen';
import { count, many } from '../../lib/format';
import { Failed, Loading } from '../../ui/states';
import { Field } from '../door/Page';
import { ReasonDialog } from './ReasonDialog';

type What = 'ads' | 'log' | 'shred';
const TITLES: Record<What, string> = {
  ads: 'How long ads are kept',
  log: 'How long the details of events are kept',
  shred: 'Make details past their period unreadable',
};

const Acting = ({ what, now, onClose }: { what: What; now: Periods; onClose: () => void }) => {
  const [days, setDays] = useState(String(what === 'ads' ? now.ads_days : (now.log_days ?? '')));
  const n = Number(days);
  const run = async (why: string): Promise<string> => {
    if (what === 'ads')
      return setAdsPeriod({ days: n, why }).then((r) => `Ads are kept for ${count(r.days ?? 0)} days.`);
    if (what === 'log')
      return setLogPeriod({ days: days ? n : null, why }).then((r) =>
        r.days ? `Details are kept for ${count(r.days)} days.` : 'Details are kept for ever.',
      );
    return shredDetails({}).then((r) => `${many(r.events, 'event')} can be read no longer.`);
  };
  return (
    <ReasonDialog
      title={TITLES[what]}
      word={what === 'shred' ? 'Make unreadable' : 'Set'}
      act={run}
      ask={(why) => askSecondPerson({ action: 'retention.override', parameters: { days: String(n) }, why })}
      ready={what === 'shred' || days === '' || (Number.isInteger(n) && n > 0)}
      onClose={onClose}
    >
      {what === 'ads' && (
        <p>
          Longer than now, up to {count(now.alone_days)} days, one person sets; less than now, and more, up to{' '}
          {count(now.most_days)}, once a second person agreed. What is past the period is due: it is erased by
          a purge, unless it is held or reviewed.
        </p>
      )}
      {what === 'log' && (
        <p>
          At least {count(now.least_log_days)} days. Who did which act when stays for ever, and every proof
          with it.
        </p>
      )}
      {what === 'shred' && <p>{many(now.log_past, 'event')} past the period. There is no way back.</p>}
      {what !== 'shred' && (
        <Field
          label="Days"
          value={days}
          set={setDays}
          most={5}
          optional={what === 'log'}
          hint={what === 'log' ? 'empty: for ever' : undefined}
        />
      )}
    </ReasonDialog>
  );
};

/** How long ads and the details of events are kept; who may, sets it. */
export const Retention = ({ may }: { may: boolean }) => {
  const page = useQuery({
    queryKey: ['retention'],
    queryFn: ({ signal }) => seeRetention(signal),
    retry: false,
  });
  const [open, setOpen] = useState<What | null>(null);
  if (unread(page)) return <Failed error={page.error} what="The periods could not be read" />;
  if (!page.data) return <Loading lines={2} />;
  const now = page.data;
  return (
    <section>
      <h2 className="big">How long things are kept</h2>
      <p>
        Ads: {count(now.ads_days)} days after they were last taken in
        {now.ads_days > now.alone_days && ', as two people agreed'}. Details of events:{' '}
        {now.log_days === null ? 'for ever' : `${count(now.log_days)} days`}
        {now.log_past > 0 && `; of ${many(now.log_past, 'event')} they are past that and readable`}.
      </p>
      {may && (
        <p className="row">
          <button type="button" className="button" onClick={() => setOpen('ads')}>
            Set for ads
          </button>
          <button type="button" className="button" onClick={() => setOpen('log')}>
            Set for events
          </button>
          {now.log_past > 0 && (
            <button type="button" className="button" onClick={() => setOpen('shred')}>
              Make unreadable
            </button>
          )}
        </p>
      )}
      {open && <Acting what={open} now={now} onClose={() => setOpen(null)} />}
    </section>
  );
};
