import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { unread } from '../../lib/again';
import {
  acknowledgeUrgent,
  getSession,
  liftUrgent,
  listUrgent,
  putSheet,
  type UrgentList,
  type UrgentMark,
  undoUrgent,
} from '../../lib/api.gen';
import { many } from '../../lib/format';
import { Icon } from '../../ui/Icon';
import { Link } from '../../ui/Link';
import { NotRead } from '../../ui/NotRead';
import { Empty, Note } from '../../ui/states';
import { say } from '../../ui/toast';
import { Field, Said } from '../door/Page';
import { Clock, KIND, Sheet } from './pieces';

const useChanged = () => {
  const client = useQueryClient();
  return () => client.invalidateQueries();
};

const Mark = ({ mark, list }: { mark: UrgentMark; list: UrgentList }) => {
  const changed = useChanged();
  const [why, setWhy] = useState('');
  const takesBack = mark.own && !mark.acknowledged_at;
  const known = useMutation({ mutationFn: () => acknowledgeUrgent(mark.id, {}), onSuccess: changed });
  const end = useMutation({
    mutationFn: () => (takesBack ? undoUrgent : liftUrgent)(mark.id, { why }),
    onSuccess: (result) => {
      say(result.sentence);
      return changed();
    },
  });
  const submit = (e: FormEvent) => {
    e.preventDefault();
    end.mutate();
  };
  return (
    <section>
      <h2 className="big">
        <Icon name="priority" size={15} /> {KIND[mark.kind]}
      </h2>
      <p>
        Marked by <b>{mark.by}</b>; {many(mark.ads, 'ad')} restricted
        {mark.lead && (
          <>
            {' '}
            · <Link to={`/triage?tab=priority&lead=${mark.lead}`}>Open the lead</Link>
          </>
        )}
        {mark.why && <>: “{mark.why}”</>}
      </p>
      <Clock key={mark.acknowledged_at} mark={mark} now={list.now} />
      {list.duty && !mark.acknowledged_at && (
        <p>
          <button
            type="button"
            className="button main"
            disabled={known.isPending}
            onClick={() => known.mutate()}
          >
            Acknowledge: I have it
          </button>
        </p>
      )}
      {(list.duty || takesBack) && (
        <form onSubmit={submit} className="field-row">
          <Field
            label={takesBack ? 'Take it back: why?' : 'Lift it: why?'}
            value={why}
            set={setWhy}
            most={1000}
          />
          <button type="submit" className="button" disabled={end.isPending}>
            {takesBack ? 'Take back' : 'Lift'}
          </button>
        </form>
      )}
      <Said error={known.error ?? end.error} />
    </section>
  );
};

const SheetForm = ({ text }: { text: string }) => {
  const changed = useChanged();
  const [draft, setDraft] = useState(text);
  const [begun, setBegun] = useState(text); // what the sheet said when one began to write
  if (text !== begun && (draft === begun || draft === text)) {
    setBegun(text);
    setDraft(text);
  }
  const keep = useMutation({
    mutationFn: () => putSheet({ text: draft }),
    onSuccess: () => {
      say('The contact sheet is kept.');
      return changed();
    },
  });
  const submit = (e: FormEvent) => {
    e.preventDefault();
    keep.mutate();
  };
  return (
    <details>
      <summary>Write the contact sheet</summary>
      <form onSubmit={submit} className="form">
        <label>
          Whom to call, in which order{' '}
          <span className="hint">names, numbers and duties as your unit uses them</span>
          <textarea rows={8} maxLength={8000} value={draft} onChange={(e) => setDraft(e.target.value)} />
        </label>
        {text !== begun && (
          <Note tone="warn">
            Somebody changed the sheet while you wrote. It stands above; keeping yours replaces it.
          </Note>
        )}
        <p className="row">
          <button type="submit" className="button" disabled={keep.isPending}>
            Keep the sheet
          </button>
        </p>
        <Said error={keep.error} />
      </form>
    </details>
  );
};

/** What is marked urgent: the duty officer's notices, everybody's own marks, and whom to call. */
export const Urgent = () => {
  const list = useQuery({
    queryKey: ['urgent'],
    queryFn: ({ signal }) => listUrgent(signal),
    refetchInterval: 60_000,
  });
  const session = useQuery({ queryKey: ['session'], queryFn: ({ signal }) => getSession(signal) });
  if (unread(list) || !list.data)
    return <NotRead of={list} heading="Urgent" what="The marks could not be read" />;
  const { marks, sheet, duty, note } = list.data;
  const writes = duty || session.data?.role === 'administrator';
  return (
    <div className="people">
      <h1>Urgent</h1>
      <p className="meta">
        {duty ? 'You answer for these as the duty officer.' : 'The marks that you set and that still stand.'}{' '}
        {note}
      </p>
      {marks.map((mark) => (
        <Mark key={mark.id} mark={mark} list={list.data} />
      ))}
      {marks.length === 0 && (
        <Empty title="Nothing is marked urgent.">
          <p>
            In Triage, <kbd>p</kbd> marks a lead as possible child or immediate danger: a person does that,
            never a score.
          </p>
        </Empty>
      )}
      <section>
        <Sheet text={sheet} duty={duty} />
        {writes && <SheetForm text={sheet} />}
      </section>
    </div>
  );
};
