import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { unread } from '../../lib/again';
import {
  getLead,
  liftLowering,
  type OutcomeRequest,
  type PersonaRow,
  recordOutcome,
  undoOutcome,
} from '../../lib/api.gen';
import { many } from '../../lib/format';
import { Dialog } from '../../ui/Dialog';
import { Failed, Loading } from '../../ui/states';
import { say } from '../../ui/toast';
import { Field, Said } from '../door/Page';
import { OUTCOMES, OutcomeNote } from './Note';

type Outcome = OutcomeRequest['outcome'];
const CLEARS: readonly Outcome[] = ['unfounded', 'consensual'];
const isClear = (outcome: Outcome | '') => outcome !== '' && CLEARS.includes(outcome);

const Personas = ({
  personas,
  chosen,
  choose,
}: {
  personas: PersonaRow[];
  chosen: string;
  choose: (id: string) => void;
}) => (
  <label className="door-field">
    <span>Persona</span>
    <select value={chosen} required onChange={(e) => choose(e.target.value)}>
      <option value="">Which of them?</option>
      {personas.map((p) => (
        <option key={p.id} value={p.id}>
          {p.label}, {many(p.ads, 'ad')}
        </option>
      ))}
    </select>
  </label>
);

const Form = ({ lead, personas, onDone }: { lead: string; personas: PersonaRow[]; onDone: () => void }) => {
  const [outcome, setOutcome] = useState<Outcome | ''>('');
  const [persona, setPersona] = useState('');
  const [note, setNote] = useState('');
  const [review, setReview] = useState('');
  const clears = isClear(outcome);
  const send = useMutation({
    mutationFn: (said: Outcome) =>
      recordOutcome(
        lead,
        clears ? { outcome: said, persona } : { outcome: said, note, review: review || null },
      ),
    onSuccess: ({ sentence }) => {
      say(sentence);
      onDone();
    },
  });
  const submit = (e: FormEvent) => {
    e.preventDefault();
    if (outcome) send.mutate(outcome);
  };
  return (
    <form onSubmit={submit}>
      <fieldset className="choices">
        <legend className="sr">Outcome</legend>
        {(Object.keys(OUTCOMES) as Outcome[]).map((one) => (
          <label key={one} className="choice">
            <input type="radio" name="outcome" checked={outcome === one} onChange={() => setOutcome(one)} />
            {OUTCOMES[one]}
          </label>
        ))}
      </fieldset>
      {clears ? (
        <>
          <p className="meta">
            It is kept under no name and with no lead. If this persona is known by more than a phone, it
            stands lower in the queue for a time, until anything new is said of it. Nobody can list or export
            that, and searches and watches find it as before.
          </p>
          <Personas personas={personas} chosen={persona} choose={setPersona} />
        </>
      ) : (
        <>
          <Field label="Note" value={note} set={setNote} most={2000} optional />
          <Field label="Look again on" value={review} set={setReview} kind="date" optional />
        </>
      )}
      <Said error={send.error} />
      <button type="submit" className="button main" disabled={!outcome || send.isPending}>
        Record
      </button>
    </form>
  );
};

const Lift = ({ lead, personas, onDone }: { lead: string; personas: PersonaRow[]; onDone: () => void }) => {
  const [persona, setPersona] = useState('');
  const [why, setWhy] = useState('');
  const send = useMutation({
    mutationFn: () => liftLowering(lead, { persona, why }),
    onSuccess: ({ sentence }) => {
      say(sentence);
      onDone();
    },
  });
  const submit = (e: FormEvent) => {
    e.preventDefault();
    send.mutate();
  };
  return (
    <details>
      <summary>A persona was cleared by mistake</summary>
      <form onSubmit={submit}>
        <Personas personas={personas} chosen={persona} choose={setPersona} />
        <Field label="Why" value={why} set={setWhy} most={2000} />
        <Said error={send.error} />
        <button type="submit" className="button" disabled={send.isPending}>
          Lower it no more
        </button>
      </form>
    </details>
  );
};

/** What became of a lead for the person in it, and taking that back. */
export const OutcomeDialog = ({
  lead,
  personas,
  onClose,
}: {
  lead: string;
  personas: PersonaRow[];
  onClose: () => void;
}) => {
  const client = useQueryClient();
  const page = useQuery({ queryKey: ['lead', lead], queryFn: ({ signal }) => getLead(lead, signal) });
  const done = () => {
    for (const key of ['lead', 'leads']) void client.invalidateQueries({ queryKey: [key] });
    onClose();
  };
  const standing = page.data?.outcome ?? null;
  const undo = useMutation({
    mutationFn: (outcome: string) => undoOutcome(lead, outcome, {}),
    onSuccess: ({ sentence }) => {
      say(sentence);
      done();
    },
  });
  return (
    <Dialog title="What became of it?" onClose={onClose}>
      {page.isPending && <Loading lines={2} />}
      {unread(page) && <Failed error={page.error} what="The lead could not be read" />}
      {standing && (
        <>
          <OutcomeNote outcome={standing} />
          <p>
            <button
              type="button"
              className="button"
              disabled={undo.isPending}
              onClick={() => undo.mutate(standing.id)}
            >
              Take it back
            </button>
          </p>
          <Said error={undo.error} />
        </>
      )}
      <Form lead={lead} personas={personas} onDone={done} />
      <Lift lead={lead} personas={personas} onDone={done} />
      <p className="meta">An arrest is no outcome here: it is no success for the person.</p>
    </Dialog>
  );
};
