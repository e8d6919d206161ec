import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { unread } from '../../lib/again';
import { changeNote, listNotes, type NoteRow, restoreNote, takeNoteBack, writeNote } from '../../lib/api.gen';
import { count, many, moment } from '../../lib/format';
import { Icon } from '../../ui/Icon';
import { Scroll } from '../../ui/Scroll';
import { Failed, Loading } from '../../ui/states';
import { say } from '../../ui/toast';

const LONGEST = 4000;

const Form = ({
  label,
  hint,
  word,
  start = '',
  busy,
  onKeep,
  onLeave,
}: {
  label: string;
  hint: string;
  word: string;
  start?: string;
  busy: boolean;
  onKeep: (text: string) => Promise<unknown>;
  onLeave?: () => void;
}) => {
  const [text, setText] = useState(start);
  const submit = (e: FormEvent) => {
    e.preventDefault();
    // What could not be kept stays in the box.
    onKeep(text.trim()).then(
      () => setText(''),
      () => undefined,
    );
  };
  return (
    <form className="form note-form" onSubmit={submit}>
      <label>
        {label} <span className="hint">{hint}</span>
        <textarea rows={3} value={text} maxLength={LONGEST} onChange={(e) => setText(e.target.value)} />
      </label>
      <p className="row">
        <button
          type="submit"
          className="button main"
          disabled={busy || !text.trim() || text.trim() === start}
        >
          {word}
        </button>
        {onLeave && (
          <button type="button" className="button quiet" onClick={onLeave}>
            Leave it as it is
          </button>
        )}
      </p>
    </form>
  );
};

interface Acts {
  busy: boolean;
  change: (note: NoteRow, text: string) => Promise<unknown>;
  back: (note: NoteRow) => void;
  restore: (note: NoteRow) => void;
}

const Note = ({ note, acts }: { note: NoteRow; acts: Acts }) => {
  const [editing, setEditing] = useState(false);
  const gone = note.text === null;
  return (
    <li className={gone ? 'dossier-note gone' : 'dossier-note'}>
      <p className="meta">
        <b>{note.by}</b> {moment(note.at)}
        {note.before.length > 0 && !gone && ` · changed ${moment(note.changed_at)}`}
        {gone && ` · taken back ${moment(note.changed_at)}`} ·{' '}
        {note.of_case ? 'seen by those of its case' : 'seen by its author alone'}
      </p>
      {editing ? (
        <Form
          label="Change the note"
          hint="what it said before stays with it"
          word="Keep the change"
          start={note.text ?? ''}
          busy={acts.busy}
          onKeep={(text) => acts.change(note, text).then(() => setEditing(false))}
          onLeave={() => setEditing(false)}
        />
      ) : (
        !gone && (
          <p className="note-text" dir="auto">
            {note.text}
          </p>
        )
      )}
      {note.mine && !editing && (
        <p className="row">
          {gone ? (
            <button type="button" className="plain" disabled={acts.busy} onClick={() => acts.restore(note)}>
              <Icon name="undo" size={13} /> Restore
            </button>
          ) : (
            <>
              <button type="button" className="plain" onClick={() => setEditing(true)}>
                Change
              </button>
              <button type="button" className="plain" disabled={acts.busy} onClick={() => acts.back(note)}>
                Take back
              </button>
            </>
          )}
        </p>
      )}
      {note.before.length > 0 && (
        <details className="twin">
          <summary>What it said before: {many(note.before.length, 'version')}</summary>
          <ul className="note-versions">
            {note.before.map((v, i) => (
              <li key={i}>
                <small>{moment(v.at)}</small>
                <p className="note-text" dir="auto">
                  {v.text ?? <i>taken back</i>}
                </p>
              </li>
            ))}
          </ul>
        </details>
      )}
    </li>
  );
};

/** What people noted on a group: private to their case, and no version of it is lost. */
export const Notes = ({ id }: { id: string }) => {
  const client = useQueryClient();
  const list = useQuery({ queryKey: ['notes', id], queryFn: ({ signal }) => listNotes(id, signal) });
  const act = useMutation({
    mutationFn: ({ run }: { run: () => Promise<NoteRow>; told: string }) => run(),
    onSuccess: (_, { told }) => {
      say(told);
      return client.invalidateQueries({ queryKey: ['notes', id] });
    },
  });
  if (list.isPending)
    return (
      <div className="pad">
        <Loading lines={6} what="Loading the notes" />
      </div>
    );
  if (unread(list))
    return (
      <div className="pad">
        <Failed error={list.error} what="The notes could not be read" retry={() => list.refetch()} />
      </div>
    );
  const { notes, seen_by } = list.data;
  const acts: Acts = {
    busy: act.isPending,
    change: (note, text) =>
      act.mutateAsync({ run: () => changeNote(id, note.id, { text }), told: 'The note is changed.' }),
    back: (note) =>
      act.mutate({
        run: () => takeNoteBack(id, note.id, {}),
        told: 'The note is taken back; its history stays.',
      }),
    restore: (note) =>
      act.mutate({ run: () => restoreNote(id, note.id, {}), told: 'The note is back as it was.' }),
  };
  return (
    <Scroll label="Notes" className="pane-scroll">
      <div className="notes-tab">
        <h2 className="big">
          Notes <span className="hint">{count(notes.length)}, newest first</span>
        </h2>
        <Form
          label="A new note"
          hint={seen_by}
          word="Keep the note"
          busy={act.isPending}
          onKeep={(text) =>
            act.mutateAsync({ run: () => writeNote(id, { text }), told: 'The note is kept.' })
          }
        />
        {act.isError && <Failed error={act.error} what="Not kept" />}
        {notes.length === 0 && <p className="meta">Nobody noted anything here that you may read.</p>}
        <ul className="dossier-notes">
          {notes.map((note) => (
            <Note key={note.id} note={note} acts={acts} />
          ))}
        </ul>
      </div>
    </Scroll>
  );
};
