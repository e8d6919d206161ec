import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { unread } from '../../lib/again';
import {
  type AskedRequest,
  correctValue,
  discloseAds,
  getAd,
  holdAds,
  keepAsked,
  liftHolds,
  listRecipients,
  reviewAds,
} from '../../lib/api.gen';
import { many, moment } from '../../lib/format';
import { wordOf } from '../../lib/kinds';
import { Field, Said } from '../door/Page';
import { GROUNDS } from './Asked';
import { ReasonDialog } from './ReasonDialog';

const ACTS = {
  ask: 'Keep what a person asks for',
  hold: 'Hold: nothing erases them',
  lift: 'Lift the holds',
  review: 'Keep for longer',
  disclose: 'Write down that they were handed out',
  correct: 'Correct or dispute a value (one ad)',
} as const;
type Act = keyof typeof ACTS;
const ASKS: Record<AskedRequest['kind'], string> = {
  remove: 'that they be removed',
  restrict: 'that they be restricted',
  rectify: 'that they be corrected',
  access: 'what is held',
};

/** Who got these ads: whom an act on them must be told. */
const Recipients = ({ ads }: { ads: string[] }) => {
  const found = useQuery({
    queryKey: ['recipients', ads],
    queryFn: () => listRecipients({ ads }),
    retry: false,
  });
  if (unread(found)) return <Said error={found.error} />;
  const rows = found.data?.recipients ?? [];
  return (
    <>
      <p>
        {many(ads.length, 'ad')}; {rows.length ? 'handed to:' : 'handed to nobody so far.'}
      </p>
      <ul>
        {rows.slice(0, 20).map((r, i) => (
          <li key={i}>
            {r.recipient}: {r.what}, {moment(r.at)}
          </li>
        ))}
      </ul>
    </>
  );
};

const Choice = ({
  label,
  value,
  set,
  of,
}: {
  label: string;
  value: string;
  set: (v: string) => void;
  of: [string, string][];
}) => (
  <label className="door-field">
    <span>{label}</span>
    <select value={value} onChange={(e) => set(e.target.value)}>
      {of.map(([key, word]) => (
        <option key={key} value={key}>
          {word}
        </option>
      ))}
    </select>
  </label>
);

const Acting = ({ act, ads, onClose }: { act: Act; ads: string[]; onClose: () => void }) => {
  const [kind, setKind] = useState('remove');
  const [grounds, setGrounds] = useState('shows-me');
  const [recipient, setRecipient] = useState('');
  const [what, setWhat] = useState('');
  const [days, setDays] = useState('365');
  const [value, setValue] = useState('');
  const [right, setRight] = useState('');
  const page = useQuery({
    queryKey: ['ad', ads[0]],
    queryFn: () => getAd(ads[0] ?? ''),
    enabled: act === 'correct',
  });
  const values = page.data?.mentions ?? [];
  const chosen = values.find((m) => `${m.kind} ${m.value}` === value) ?? values[0];
  const run = async (why: string): Promise<string> => {
    if (act === 'hold') return holdAds({ ads, why }).then((r) => `${many(r.ads, 'ad')} held.`);
    if (act === 'lift') return liftHolds({ ads, why }).then((r) => `${many(r.lifted, 'hold')} lifted.`);
    if (act === 'review')
      return reviewAds({ ads, why, days: Number(days) }).then((r) => `Kept until ${moment(r.until)}.`);
    if (act === 'disclose')
      return discloseAds({ ads, recipient, what, basis: why }).then(
        (r) => `${many(r.ads, 'ad')} written down.`,
      );
    if (act === 'ask') {
      const asked = { ads, kind: kind as AskedRequest['kind'], grounds: grounds as AskedRequest['grounds'] };
      return keepAsked(asked).then((r) => `Kept. Their reference: ${r.reference}`);
    }
    const said = {
      ad: ads[0] ?? '',
      kind: chosen?.kind ?? '',
      value: chosen?.value ?? '',
      right,
      why,
      reference: '',
    };
    return correctValue({ ...said, says: right.trim() ? 'corrected' : 'disputed' }).then(
      (r) =>
        `${r.says === 'corrected' ? 'Corrected' : 'Disputed'}; to tell: ${many(r.recipients.length, 'recipient')}.`,
    );
  };
  return (
    <ReasonDialog
      title={ACTS[act]}
      word="Do this"
      act={run}
      ready={act !== 'correct' || Boolean(chosen)}
      onClose={onClose}
    >
      <Recipients ads={ads} />
      {act === 'ask' && (
        <>
          <Choice label="The person asks" value={kind} set={setKind} of={Object.entries(ASKS)} />
          <Choice label="Grounds" value={grounds} set={setGrounds} of={Object.entries(GROUNDS)} />
          <p className="meta">Nobody’s name is asked for, and none belongs in here.</p>
        </>
      )}
      {act === 'review' && (
        <Field label="Days" value={days} set={setDays} hint="at most five years" most={4} />
      )}
      {act === 'disclose' && (
        <>
          <Field label="To whom" value={recipient} set={setRecipient} />
          <Field label="What was handed over" value={what} set={setWhat} />
          <p className="meta">The reason below is the legal basis.</p>
        </>
      )}
      {act === 'correct' && (
        <>
          <Said error={page.error} />
          <Choice
            label="Value"
            value={value}
            set={setValue}
            of={values.map((m) => [`${m.kind} ${m.value}`, `${wordOf(m.kind)}: ${m.label}`])}
          />
          <Field label="What is right" value={right} set={setRight} hint="empty: it is disputed" optional />
        </>
      )}
    </ReasonDialog>
  );
};

/** Acts on ads by their ids, each with what it touches and a reason. */
export const AdActs = () => {
  const [text, setText] = useState('');
  const [act, setAct] = useState<Act>('ask');
  const [open, setOpen] = useState(false);
  const ads = [...new Set(text.split(/[\s,;]+/).filter(Boolean))].slice(0, 200);
  return (
    <section>
      <h2 className="big">Act on ads</h2>
      <form
        className="field-row"
        onSubmit={(e) => {
          e.preventDefault();
          setOpen(true);
        }}
      >
        <Field label="Ids of ads" value={text} set={setText} most={4000} hint="up to 200, apart by spaces" />
        <Choice label="Act" value={act} set={(v) => setAct(v as Act)} of={Object.entries(ACTS)} />
        <button type="submit" className="button main" disabled={!ads.length}>
          Look first
        </button>
      </form>
      {open && <Acting act={act} ads={ads} onClose={() => setOpen(false)} />}
    </section>
  );
};
